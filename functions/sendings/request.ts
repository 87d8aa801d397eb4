import * as z from 'zod/mini';
import type { OrderKey } from './model.ts';

/** Has the job `fanout` go on with an order. It passes no policy but that job's. */
export const sendingRequest = z.object({ v: z.literal(1), sending: z.string(), version: z.int() });
export type SendingRequest = z.output<typeof sendingRequest>;

export const sendingRequestOf = ({ id, version }: OrderKey) => ({
  body: { v: 1, sending: id, version } satisfies SendingRequest,
  attributes: { sending: id },
});
