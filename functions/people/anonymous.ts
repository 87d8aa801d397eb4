import type { AnonymousActor } from '../cases/actor.ts';

/** Whoever calls an operation that asks for no token. */
export const anonymous = async (): Promise<AnonymousActor> => ({ kind: 'anonymous', id: 'anonymous' });
