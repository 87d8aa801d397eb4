import { visibleTo } from '../cases/access.ts';
import { isWide, type StaffActor } from '../cases/actor.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { branchOf, unitOf } from '../cases/units.ts';
import { matterOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import { readCode } from '../kernel/code.ts';
import type { Output } from '../kernel/contract.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { conceal, reveal } from '../kernel/token.ts';
import { finder } from '../postings/find.ts';
import { periodOf, questionOf } from '../postings/question.ts';
import { sourcesOf } from '../postings/scopes.ts';
import type { PostingStore } from '../postings/store.ts';
import type { search } from './contract.ts';

type Operation = (typeof search)['operations']['searchCases'];
type Hit = Output<Operation>['cases'][number];

export interface Deps {
  readonly cases: Pick<CaseStore, 'read' | 'readMany'>;
  readonly postings: Pick<PostingStore, 'list' | 'beginning' | 'readMany'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
}

const hitOf = (city: City, record: CaseRecord, language: Language): Hit => {
  const category = matterOf(city, record.category);
  const area = city.areas.find(({ code }) => code === record.area);
  const unit = record.unit === null ? undefined : unitOf(city, record.unit);
  return {
    code: record.code,
    kind: record.kind,
    state: record.state,
    seq: record.seq,
    excerpt: record.excerpt,
    category: category === undefined ? null : { id: category.id, name: category.names[language] },
    area: area === undefined ? null : { id: area.code, name: area.name },
    unit: unit === undefined ? null : { id: unit.id, name: unit.name },
    flags: record.flags,
    filedAt: record.filedAt,
    closedAt: record.closedAt ?? null,
  };
};

export const operations = ({ cases, postings, city: live, keys: load }: Deps) => {
  const find = finder({ store: postings, cases });
  return {
    /**
     * Every hit is read as it stands now and judged by `visibleTo` before it leaves.
     * @throws Problem searchWords, monthsReversed, badCursor, unknownUnit
     */
    searchCases: async ({ actor, input: { query }, language }: Call<Operation, StaffActor>) => {
      const [city, keys] = await Promise.all([live(), load()]);
      const { q, from, to, unit } = query;
      const reaches = unit === undefined || actor.units.has(unit) || isWide(actor);
      if (!reaches || (unit !== undefined && unitOf(city, unit) === undefined)) throw problem('unknownUnit');
      if (from !== undefined && to !== undefined && from > to) throw problem('monthsReversed');
      const branch = unit === undefined ? undefined : branchOf(city, unit);
      const keep = (record: CaseRecord): boolean =>
        visibleTo(subjectOf(record), actor, city.substitutes) &&
        (branch === undefined || (record.unit !== null && branch.has(record.unit)));
      const answer = (found: readonly CaseRecord[], next: string | null, narrow: boolean) => ({
        body: { cases: found.map((record) => hitOf(city, record, language)), next, narrow },
      });

      const code = readCode(q);
      const named = code === undefined ? undefined : await cases.read(code);
      if (named !== undefined && keep(named)) return answer([named], null, false);

      const question = questionOf(q, city);
      if (question === undefined)
        throw problem('searchWords', { fields: [{ field: '?q', problem: 'searchWords' }] });
      const bound = JSON.stringify(['search', actor.id, question, from, to, unit]);
      const after = query.cursor === undefined ? undefined : reveal(keys, query.cursor, bound);
      if (query.cursor !== undefined && after === undefined) throw problem('badCursor');
      const period = periodOf({ from, to }, city.profile.zone);
      const found = await find({
        ...question,
        sources: sourcesOf(actor, city, unit),
        from: period.from,
        before: after ?? period.before,
        size: query.size,
        keep,
      });
      return answer(
        found.cases,
        found.next === undefined ? null : conceal(keys, found.next, bound),
        found.narrow,
      );
    },
  };
};
