import { readableUntil, rowSubject, visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { act, type CommandDeps } from '../cases/commands.ts';
import { subjectOf } from '../cases/engine.ts';
import { areaIndex, personIndex, shards, triageIndex, unitIndex, validatingIndex } from '../cases/keys.ts';
import { type CaseIndex, type CaseStore, listRows } from '../cases/store.ts';
import { branchOf, rootOf, unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { parseBody } from '../kernel/request.ts';
import type { Table } from '../kernel/table.ts';
import { conceal, reveal } from '../kernel/token.ts';
import type { StaffReader } from '../people/staff.ts';
import type { desk } from './contract.ts';
import { mergedPage } from './list.ts';
import { listed, shown } from './show.ts';

type Operations = (typeof desk)['operations'];
type Query = Call<Operations['listCases'], unknown>['input']['query'];

export interface Deps extends CommandDeps {
  readonly table: Table;
  readonly store: CaseStore;
  readonly staff: StaffReader;
}

/** Roles that look into every unit. */
const wide: readonly StaffActor['role'][] = ['coordinator', 'inspector', 'executive'];
/** Areas that one page merges; a kecamatan has fewer kelurahan. */
const areasAtOnce = 32;

interface Source {
  readonly index: CaseIndex;
  readonly partitions: readonly string[];
  /** Units whose rows are wanted; undefined for all of the partition. */
  readonly units?: ReadonlySet<string>;
}

/** Where a queue lies, for whom. @throws Problem forbidden, unknownUnit, unknownArea */
const sourceOf = (city: City, actor: StaffActor, query: Query): Source => {
  switch (query.queue) {
    case 'triage': {
      if (actor.role !== 'coordinator' && actor.role !== 'inspector') throw problem('forbidden');
      return { index: 'gsi1', partitions: Array.from({ length: shards }, (_, i) => triageIndex(i)) };
    }
    case 'unit': {
      const id = query.unit ?? actor.unit;
      const reaches = actor.units.has(id) || wide.includes(actor.role);
      if (unitOf(city, id) === undefined || !reaches) throw problem('unknownUnit');
      return { index: 'gsi1', partitions: [unitIndex(rootOf(city, id))], units: branchOf(city, id) };
    }
    case 'mine':
      return { index: 'gsi2', partitions: [personIndex(actor.id)] };
    case 'validation':
      return { index: 'gsi2', partitions: [validatingIndex(actor.unit)] };
    case 'area': {
      const governed = actor.role === 'areaHead' ? governedAreas(city, actor) : city.areas.map((a) => a.code);
      if (actor.role !== 'areaHead' && !wide.includes(actor.role)) throw problem('forbidden');
      const { area } = query;
      const wanted =
        area === undefined ? governed : governed.filter((c) => c === area || c.startsWith(`${area}.`));
      if (wanted.length === 0) throw problem('unknownArea');
      if (wanted.length > areasAtOnce)
        throw problem('invalidInput', { fields: [{ field: '?area', problem: 'required' }] });
      return { index: 'gsi3', partitions: wanted.map(areaIndex) };
    }
  }
};

const governedAreas = (city: City, actor: StaffActor): readonly string[] =>
  city.areas.flatMap((a) => (actor.areas.has(a.code) || actor.areas.has(a.code.slice(0, 8)) ? [a.code] : []));

export const operations = (deps: Deps) => ({
  listCases: async (call: Call<Operations['listCases'], StaffActor>) => {
    const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
    const { actor } = call;
    const { query } = call.input;
    const source = sourceOf(city, actor, query);
    const bound = ['list', actor.id, query.queue, query.unit, query.area, query.overdue].join('|');
    const position = query.cursor === undefined ? undefined : reveal(keys, query.cursor, bound);
    if (query.cursor !== undefined && position === undefined) throw problem('badCursor');
    const now = deps.now();
    const after = position ?? (query.overdue === 'false' ? now : undefined);
    const page = await mergedPage(
      (partition, from, limit) => listRows(deps.table, source.index, partition, from, limit),
      {
        partitions: source.partitions,
        after,
        size: query.size,
        keep: (row) =>
          visibleTo(rowSubject(row), actor, city.substitutes) &&
          (source.units === undefined || (row.unit !== null && source.units.has(row.unit))),
        ...(query.overdue === 'true' ? { before: now } : {}),
      },
    );
    return {
      body: {
        queue: query.queue,
        cases: page.rows.map(({ row }) => listed(city, row, now, call.language)),
        next: page.next === undefined ? null : conceal(keys, page.next, bound),
        full: page.full,
      },
    };
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
