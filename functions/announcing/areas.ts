/** `13.74.01` governs `13.74.01.1001`; a code belongs to itself. */
const within = (part: string, whole: string): boolean => part === whole || part.startsWith(`${whole}.`);

/**
 * Whether what is announced for `areas` concerns somebody in `area`, a kelurahan or a whole kecamatan. No areas: the
 * whole city.
 */
export const concerns = (areas: readonly string[], area: string): boolean =>
  areas.length === 0 || areas.some((one) => within(area, one) || within(one, area));
