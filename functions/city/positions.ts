/** Posts that ladders, rotas and substitutes address; what somebody may do follows from the role. */
export const positions = ['mayor', 'sekda', 'ppidUtama', 'ppidPelaksana'] as const;
export type Position = (typeof positions)[number];
