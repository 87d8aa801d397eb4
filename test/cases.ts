import type { Actor } from '../functions/cases/actor.ts';
import { type Stepped, step } from '../functions/cases/engine.ts';
import type { CaseRecord } from '../functions/cases/model.ts';
import type { Looked } from '../functions/cases/workflow.ts';
import type { City } from '../functions/city/schema.ts';
import { type Filing, openCase, understand } from '../functions/complaints/filing.ts';
import { complaint } from '../functions/complaints/workflow.ts';

export const filedAt = '2026-11-23T02:00:00Z';

/** A new case as filing makes it, with any part set otherwise. */
export const filedCase = (
  city: City,
  filing: Partial<Filing> = {},
  more: { readonly code?: string; readonly at?: string; readonly actor?: Actor } = {},
): CaseRecord => {
  const whole: Filing = {
    text: 'Jalan berlubang di depan pasar, sudah dua minggu.',
    kind: 'complaint',
    category: 'jalan',
    place: { area: '99.01.01.1001' },
    confidential: false,
    oversight: false,
    anonymous: false,
    ...filing,
  };
  const at = more.at ?? filedAt;
  return openCase({
    workflow: complaint,
    city,
    filing: whole,
    understood: understand(city, whole, at, { category: null, confidence: 0, reasons: [], candidates: [] }),
    actor: more.actor ?? { kind: 'anonymous', id: 'anonymous' },
    code: more.code ?? 'ABCDEFGHJ',
    command: { id: `file-${more.code ?? ''}`, fingerprint: 'f' },
    routeId: `route-${more.code ?? ''}`,
    pinKey: 'k1',
    reporter: undefined,
    identified: false,
    origin: 'web',
    filedAt: at,
    now: at,
  });
};

let commands = 0;

/** One engine step with a fresh command. */
export const take = (
  city: City,
  record: CaseRecord,
  actor: Actor,
  action: string,
  input: Readonly<Record<string, unknown>> = {},
  now = '2026-11-23T03:00:00Z',
  looked: Looked = {},
): Stepped => {
  commands += 1;
  const id = `c${commands}`;
  return step(
    complaint,
    city,
    record,
    { id, fingerprint: id, action, input, textId: id },
    actor,
    now,
    looked,
  );
};

/** As `take`, when the step must succeed. */
export const taken = (...args: Parameters<typeof take>): CaseRecord => {
  const stepped = take(...args);
  if ('refuse' in stepped) throw new Error(`refused: ${stepped.refuse}`);
  return stepped.record;
};
