import { readableUntil, visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { localDate, startOfDay } from '../cases/clock/local.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseStore } from '../cases/store.ts';
import { eventsOf } from '../cases/timeline.ts';
import { unitOf } from '../cases/units.ts';
import type { City, Unit } from '../city/schema.ts';
import { instructionPartition, parts } from '../figures/keys.ts';
import type { FigureStore } from '../figures/store.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import { conceal, reveal } from '../kernel/token.ts';
import { isNow } from '../people/delegations.ts';
import type { StaffReader } from '../people/staff.ts';
import { supporterStore } from '../people/supporters.ts';
import { answersFor, headOf, rendered } from './answers.ts';
import type { desk } from './contract.ts';
import { countsOf, queuesOf, readCells } from './counts.ts';
import { endOfWeek } from './filters.ts';
import { type HandoverDeps, handOver } from './handover.ts';
import { instructionShown, labelsOf, waiting } from './instructions.ts';
import { lists } from './lists.ts';
import { forMany, keyOf } from './many.ts';
import { branchFor, type Queue, queues } from './queues.ts';
import { relatedTo, unrelated } from './related.ts';
import { shown } from './show.ts';
import { taking } from './take.ts';
import { workloadOf } from './workload.ts';

type Operations = (typeof desk)['operations'];

export interface Deps extends HandoverDeps {
  readonly store: CaseStore;
  readonly staff: StaffReader;
  readonly figures: FigureStore;
}

const isQueue = (name: string): name is Queue => (queues as readonly string[]).includes(name);

/** Each once. @throws Problem invalidInput */
const namedQueues = (text: string | undefined): readonly Queue[] | undefined => {
  if (text === undefined) return undefined;
  const names = [...new Set(text.split(','))];
  if (names.every(isQueue)) return names;
  throw problem('invalidInput', { fields: [{ field: '?queues', problem: queues.join(', ') }] });
};

/** A unit whose people the caller may know. @throws Problem unknownUnit */
const unitFor = (city: City, actor: StaffActor, id: string = actor.unit): Unit => {
  const unit = unitOf(city, id);
  if (unit === undefined || !(actor.units.has(id) || actor.role === 'coordinator'))
    throw problem('unknownUnit');
  return unit;
};

/** Nothing of a batch is begun after this long. */
const batchMillis = 8_000;

export const operations = (deps: Deps) => ({
  ...lists(deps),

  countQueues: async (call: Call<Operations['countQueues'], StaffActor>) => {
    const city = await deps.city();
    const { actor } = call;
    const own = queuesOf(city, actor);
    const wanted = namedQueues(call.input.query.queues) ?? own;
    if (wanted.some((queue) => !own.includes(queue))) throw problem('forbidden');
    const now = toSeconds(deps.now());
    const asOf = fromSeconds(now - (now % 60));
    const { zone } = city.profile;
    const tonight = startOfDay(localDate(asOf, zone), zone, 1);
    const cells = await readCells(deps.figures, city, actor);
    return { body: { asOf, counts: [...countsOf(city, actor, cells, wanted, asOf, tonight)] } };
  },

  /** Only what a disposition needs: no address of anybody. */
  unitPeople: async (call: Call<Operations['unitPeople'], StaffActor>) => {
    const city = await deps.city();
    const { actor } = call;
    const unit = unitFor(city, actor, call.input.query.unit);
    const people = await deps.staff.ofUnit(unit.id);
    return {
      body: {
        unit: { id: unit.id, name: unit.name },
        people: people.map(({ id, name, role }) => ({ id, name, role })),
      },
    };
  },

  readCase: async (call: Call<Operations['readCase'], StaffActor>) => {
    const { code } = call.input.params;
    const { actor } = call;
    const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
    if (record === undefined) throw problem('notFound');
    const subject = subjectOf(record);
    const sees = visibleTo(subject, actor, city.substitutes);
    const until = sees ? undefined : readableUntil(subject, record.custody, actor);
    const workflow = deps.workflows[record.kind];
    if ((!sees && until === undefined) || workflow === undefined) throw problem('notFound');
    const events = (await eventsOf(deps.store, record)).filter(
      (event) => until === undefined || event.seq <= until,
    );
    const [texts, related] = await Promise.all([
      deps.store.texts(code),
      until === undefined
        ? relatedTo({ ...deps, supporters: supporterStore(deps.table) }, city, actor, record, call.language)
        : unrelated,
    ]);
    const opened = { record, events, texts, until, related, now: deps.now() };
    return {
      body: shown(city, workflow, actor, opened, call.language),
      etag: until ?? record.seq,
    };
  },

  listInstructions: async (call: Call<Operations['listInstructions'], StaffActor>) => {
    const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
    const { actor } = call;
    const { unit, cursor, size } = call.input.query;
    const branch = unit === undefined ? undefined : branchFor(city, actor, unit);
    const bound = ['instructions', actor.id, unit].join('|');
    const after = cursor === undefined ? undefined : reveal(keys, cursor, bound);
    if (cursor !== undefined && after === undefined) throw problem('badCursor');
    const rows = await deps.figures.rows(instructionPartition);
    const page = waiting(city, actor, rows, branch, after, size);
    const today = localDate(deps.now(), city.profile.zone);
    return {
      body: {
        instructions: page.found.map((row) => instructionShown(city, row, today)),
        next: page.next === undefined ? null : conceal(keys, page.next, bound),
      },
    };
  },

  listLabels: async (call: Call<Operations['listLabels'], StaffActor>) => {
    const city = await deps.city();
    const { actor } = call;
    const unit = call.input.query.unit ?? actor.unit;
    const rows = await deps.figures.rows(parts.labels);
    return { body: { unit, labels: labelsOf(city, actor, rows, branchFor(city, actor, unit)) } };
  },

  workload: async (call: Call<Operations['workload'], StaffActor>) => {
    const city = await deps.city();
    const { actor } = call;
    const unit = unitFor(city, actor, call.input.query.unit);
    const people = await deps.staff.ofUnit(unit.id);
    const now = deps.now();
    const seconds = toSeconds(now);
    const asOf = fromSeconds(seconds - (seconds % 60));
    const { zone } = city.profile;
    const moments = { asOf, endOfWeek: endOfWeek(localDate(asOf, zone), zone) };
    const [loads, absences] = await Promise.all([
      workloadOf(deps.figures, city, actor, people, moments),
      Promise.all(people.map(({ id }) => deps.staff.absenceOf(id))),
    ]);
    return {
      body: {
        unit: { id: unit.id, name: unit.name },
        asOf,
        people: loads.map((load, i) => ({
          ...load,
          standIn: absences[i]?.spans.find((span) => isNow(span, now))?.delegate ?? null,
        })),
      },
    };
  },

  handOver: async (call: Call<Operations['handOver'], StaffActor>) => {
    const { results, more } = await handOver(
      deps,
      call.actor,
      call.input.body,
      call.idempotencyKey,
      call.language,
    );
    return { body: { results: [...results], more } };
  },

  batch: async (call: Call<Operations['batch'], StaffActor>) => {
    const { action, input, cases } = call.input.body;
    if (new Set(cases.map(({ code }) => code)).size < cases.length)
      throw problem('invalidInput', { fields: [{ field: '/cases', problem: 'conflict' }] });
    const take = taking(deps);
    const results = await forMany(
      cases,
      ({ code, seq }) =>
        take(call.actor, {
          code,
          action,
          body: input,
          idempotencyKey: keyOf(call.idempotencyKey, code),
          ifMatch: seq,
          language: call.language,
        }),
      { clock: deps.clock, millis: batchMillis, language: call.language },
    );
    return { body: { results: [...results] } };
  },

  cannedAnswers: async (call: Call<Operations['cannedAnswers'], StaffActor>) => {
    const [city, record] = await Promise.all([deps.city(), deps.store.read(call.input.params.code)]);
    if (record === undefined || !visibleTo(subjectOf(record), call.actor, city.substitutes))
      throw problem('notFound');
    const chosen = answersFor(city, record);
    const head = chosen.length === 0 ? undefined : await headOf(deps.staff, city, record.unit);
    const facts = { city, record, head, now: deps.now() };
    return { body: { answers: chosen.map((answer) => rendered(answer, facts)) } };
  },

  act: async (call: Call<Operations['act'], StaffActor>) => {
    const { code, action } = call.input.params;
    const { body } = call.input;
    const { idempotencyKey, ifMatch, language } = call;
    const done = await taking(deps)(call.actor, { code, action, body, idempotencyKey, ifMatch, language });
    return { body: done, etag: done.seq };
  },
});
