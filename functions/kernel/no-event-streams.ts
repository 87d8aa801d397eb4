/**
 * Stands in for the SDK's event streams in bundles: only a few operations of S3, Lambda and the like answer with one, we
 * call none of them, and every client carries 19 KiB for them. A call that would need them fails by this name.
 */
export const eventStreamSerdeProvider = (): object => ({});

export const resolveEventStreamSerdeConfig = <C extends object>(config: C): C => config;

export function EventStreamSerde(): never {
  throw new Error('event streams are left out of bundles (lib/bundle.ts)');
}
