import { readableUntil, visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { act, type CommandDeps } from '../cases/commands.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseStore } from '../cases/store.ts';
import { unitOf } from '../cases/units.ts';
import { localDate } from '../figures/keys.ts';
import type { FigureStore } from '../figures/store.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { parseBody } from '../kernel/request.ts';
import type { Table } from '../kernel/table.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import type { StaffReader } from '../people/staff.ts';
import type { desk } from './contract.ts';
import { countsOf, queuesOf, readCells } from './counts.ts';
import { endOfDay } from './filters.ts';
import { lists } from './lists.ts';
import { type Queue, queues } from './queues.ts';
import { shown } from './show.ts';

type Operations = (typeof desk)['operations'];

export interface Deps extends CommandDeps {
  readonly table: Table;
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
    const tonight = endOfDay(localDate(asOf, zone), zone);
    const cells = await readCells(deps.figures, city, actor);
    return { body: { asOf, counts: [...countsOf(city, actor, cells, wanted, asOf, tonight)] } };
  },

  /** Only what a disposition needs: no address of anybody. */
  unitPeople: async (call: Call<Operations['unitPeople'], StaffActor>) => {
    const city = await deps.city();
    const { actor } = call;
    const unit = unitOf(city, call.input.query.unit ?? actor.unit);
    const reaches = unit !== undefined && (actor.units.has(unit.id) || actor.role === 'coordinator');
    if (!reaches) throw problem('unknownUnit');
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
    const older = record.archived === 0 ? [] : await deps.store.archivedEvents(code);
    const events = [...older.filter((e) => e.seq <= record.archived), ...record.events].filter(
      (event) => until === undefined || event.seq <= until,
    );
    const texts = await deps.store.texts(code);
    return {
      body: shown(city, workflow, actor, { record, events, texts, until }, call.language),
      etag: until ?? record.seq,
    };
  },

  act: async (call: Call<Operations['act'], StaffActor>) => {
    const { code, action } = call.input.params;
    const done = await act(deps, call.actor, {
      code,
      action,
      body: call.input.body,
      parse: (spec) =>
        parseBody(spec.input, call.input.body, call.language) as Readonly<Record<string, unknown>>,
      look: async (input) => {
        const person = input['person'];
        if (typeof person !== 'string') return {};
        const record = await deps.staff.byId(person);
        return record === undefined || record.status === 'revoked'
          ? {}
          : { person: { id: record.id, unit: record.unit } };
      },
      idempotencyKey: call.idempotencyKey,
      ifMatch: call.ifMatch,
    });
    return { body: done, etag: done.seq };
  },
});
