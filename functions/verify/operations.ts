import type { AnonymousActor } from '../cases/actor.ts';
import type { CaseStore } from '../cases/store.ts';
import { unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { type Issued, isOwn } from '../issued/model.ts';
import { readNumber } from '../issued/number.ts';
import { digestOf } from '../issued/paper.ts';
import { type PublicHalf, sealAlgorithm, statementOf } from '../issued/seal.ts';
import type { IssuedStore } from '../issued/store.ts';
import { keyedHash } from '../kernel/code.ts';
import type { Output } from '../kernel/contract.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import type { Clock } from '../kernel/time.ts';
import { numberIn } from '../pdf/write.ts';
import type { verify } from './contract.ts';
import { verdictPage } from './page.ts';
import { dayOf, judge, saysOf, type Verdict } from './rules.ts';

type Operations = (typeof verify)['operations'];
type Answered = Output<Operations['verifyNumber']>;

/** Of one address an hour: an office checks what is brought to it, and nobody walks through numbers. */
const perHour = { limit: 240, seconds: 3600 };

export interface VerifyDeps {
  readonly table: Table;
  readonly issued: Pick<IssuedStore, 'read' | 'byDigest'>;
  readonly store: Pick<CaseStore, 'read'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly publicKey: () => Promise<PublicHalf>;
  readonly now: Clock;
}

const documentOf = (city: City, record: Issued, language: Language): NonNullable<Answered['document']> => {
  const { zone } = city.profile;
  return {
    number: record.number,
    kind: record.kind,
    name: record.name[language],
    official: !isOwn(record.kind),
    unit: { id: record.unit, name: unitOf(city, record.unit)?.name ?? record.unit },
    issuedOn: dayOf(record.issuedAt, zone),
    digest: record.digest ?? null,
    revokedOn: record.revokedAt === undefined ? null : dayOf(record.revokedAt, zone),
    successor: record.successor ?? null,
    seal:
      record.seal === undefined
        ? null
        : { ...record.seal, statement: statementOf(record), algorithm: sealAlgorithm },
  };
};

const answer = (city: City, verdict: Verdict, language: Language): Answered => ({
  state: verdict.state,
  file: verdict.file,
  says: saysOf(verdict, language),
  document: verdict.document === undefined ? null : documentOf(city, verdict.document, language),
});

const labels = {
  id: { number: 'Nomor', name: 'Jenis', unit: 'Unit', issuedOn: 'Tanggal', digest: 'Sidik SHA-256' },
  en: { number: 'Number', name: 'Kind', unit: 'Unit', issuedOn: 'Date', digest: 'SHA-256 digest' },
} as const satisfies Record<Language, Record<string, string>>;

export const operations = (deps: VerifyDeps) => {
  /** @throws Problem tooManyRequests */
  const counted = async (address: string): Promise<void> => {
    const scope = `verify#${keyedHash((await deps.keys()).now('quota'), address)}`;
    await countAgainst(deps.table, scope, perHour, deps.now());
  };

  /** A document that is only prepared may be issued by its case already; all others need no look at theirs. */
  const judged = async (record: Issued | undefined, digest?: string): Promise<Verdict> => {
    const of = record?.state === 'prepared' ? await deps.store.read(record.case) : undefined;
    return judge(record, of, digest);
  };

  /** The file's own document; else the one whose number it bears, from which it then differs. */
  const ofFile = async (digest: string, number: string | undefined): Promise<Verdict> => {
    const same = await deps.issued.byDigest(digest);
    return judged(same ?? (number === undefined ? undefined : await deps.issued.read(number)), digest);
  };

  /** @throws Problem wrongNumber */
  const typed = (text: string, field: string): string => {
    const number = readNumber(text);
    if (number === undefined) throw problem('wrongNumber', { fields: [{ field, problem: 'wrongNumber' }] });
    return number;
  };

  return {
    verifyNumber: async (call: Call<Operations['verifyNumber'], AnonymousActor>) => {
      const number = typed(call.input.params.number, '{number}');
      await counted(call.address);
      const [city, record] = await Promise.all([deps.city(), deps.issued.read(number)]);
      return { body: answer(city, await judged(record), call.language) };
    },

    verifyPage: async (call: Call<Operations['verifyPage'], AnonymousActor>) => {
      const { language } = call;
      const number = readNumber(call.input.params.number);
      if (number === undefined) return { body: verdictPage(language, undefined) };
      await counted(call.address);
      const [city, record] = await Promise.all([deps.city(), deps.issued.read(number)]);
      const { state, says, document } = answer(city, await judged(record), language);
      const label = labels[language];
      return {
        body: verdictPage(language, {
          good: state === 'issued',
          says,
          rows:
            document === null
              ? [[label.number, number]]
              : [
                  [label.number, document.number],
                  [label.name, document.name],
                  [label.unit, document.unit.name],
                  [label.issuedOn, document.issuedOn],
                  ...(document.digest === null ? [] : [[label.digest, document.digest] as const]),
                ],
        }),
      };
    },

    verifyDigest: async (call: Call<Operations['verifyDigest'], AnonymousActor>) => {
      const { digest, number } = call.input.body;
      const named = number === undefined ? undefined : typed(number, '/number');
      await counted(call.address);
      const [city, verdict] = await Promise.all([deps.city(), ofFile(digest, named)]);
      return { body: answer(city, verdict, call.language) };
    },

    verifyFile: async (call: Call<Operations['verifyFile'], AnonymousActor>) => {
      await counted(call.address);
      const file = call.input.body;
      const named = readNumber(numberIn(file) ?? '');
      const [city, verdict] = await Promise.all([deps.city(), ofFile(digestOf(file), named)]);
      return { body: answer(city, verdict, call.language) };
    },

    paperKey: async () => {
      const { key, pem } = await deps.publicKey();
      return { body: { key, algorithm: sealAlgorithm, pem } };
    },
  };
};
