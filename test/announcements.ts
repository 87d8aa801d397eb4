import { operations as publicOperations } from '../functions/announcements/operations.ts';
import { markStore } from '../functions/announcing/cap/marks.ts';
import type { Content } from '../functions/announcing/model.ts';
import { announcementStore } from '../functions/announcing/store.ts';
import { telling } from '../functions/announcing/telling.ts';
import { fileStore } from '../functions/attachments/store.ts';
import type { StaffActor } from '../functions/cases/actor.ts';
import type { City } from '../functions/city/schema.ts';
import type { Table } from '../functions/kernel/table.ts';
import type { Instant } from '../functions/kernel/time.ts';
import { operations } from '../functions/newsroom/operations.ts';
import { orderStore } from '../functions/sendings/order.ts';
import { staffOf, testCity } from './city.ts';
import { key, testKeys } from './staff.ts';

const links = {
  signer: {
    region: 'ap-southeast-3',
    endpoint: undefined,
    credentials: () => ({ accessKeyId: 'id', secretAccessKey: 'secret' }),
  },
  bucket: 'files',
};

export const publicUrl = 'https://lapau.example';

export const article = (more: Partial<Content> = {}): Content => ({
  kind: 'notice',
  title: { id: 'Air mati hari Sabtu', en: 'No water on Saturday' },
  body: { id: 'Air **mati** karena perbaikan pipa.', en: 'No water while a pipe is repaired.' },
  unit: 'pupr',
  areas: [],
  topics: ['air'],
  pinned: false,
  files: [],
  ...more,
});

/** The newsroom and what everybody reads of it, on one table, with a clock that a test moves. */
export const announcementWorld = (table: Table, more: Partial<City['topics']> = {}) => {
  const plain = testCity();
  const city: City = { ...plain, topics: { ...plain.topics, ...more } };
  const clock = { now: '2026-11-23T03:00:00Z' as Instant };
  const store = announcementStore(table);
  const orders = orderStore(table);
  const teller = telling({ store, orders });
  const deps = {
    ...{ table, store, links, incoming: 'incoming', publicUrl },
    telling: teller,
    marks: markStore(table),
    files: fileStore(table),
    city: async () => city,
    keys: async () => testKeys,
    now: () => clock.now,
    log: { warn: () => undefined },
  };
  const desk = operations(deps);
  const reader = publicOperations(deps);
  const people = {
    officer: staffOf(city, 'officer', 'pupr'),
    head: staffOf(city, 'head', 'pupr'),
    coordinator: staffOf(city, 'coordinator', 'kominfo'),
    other: staffOf(city, 'officer', 'perkim'),
    mayor: staffOf(city, 'executive', 'setda'),
  };
  let sent = 0;
  const frame = (actor: StaffActor, ifMatch = -1, command?: string) => {
    sent += 1;
    return {
      ...{ actor, ifMatch, language: 'id' as const, address: '203.0.113.7', requestId: '' },
      idempotencyKey: key(command ?? `command${sent}`),
    };
  };
  const draft = (actor: StaffActor, content: Content, command?: string) =>
    desk.createAnnouncement({
      ...frame(actor, -1, command),
      input: { params: undefined, query: undefined, body: { content } },
    });
  const edit = (actor: StaffActor, id: string, seq: number, content: Content, reason?: string) =>
    desk.editAnnouncement({
      ...frame(actor, seq),
      input: { params: { id }, query: undefined, body: { content, reason } },
    });
  type Action = 'submit' | 'return' | 'publish' | 'withdraw' | 'discard';
  const act = (
    actor: StaffActor,
    id: string,
    seq: number,
    action: Action,
    { command, ...body }: { reason?: string; tellAgain?: boolean; command?: string } = {},
  ) =>
    desk.announcementAction({
      ...frame(actor, seq, command),
      input: { params: { id, action }, query: undefined, body: { tellAgain: false, ...body } },
    });
  /** Drafted and published at once by the coordinator. */
  const published = async (content: Content): Promise<{ id: string; seq: number }> => {
    const { body } = await draft(people.coordinator, content);
    const { etag } = await act(people.coordinator, body.id, body.seq, 'publish');
    return { id: body.id, seq: etag };
  };
  const asked = {
    ...{ actor: { kind: 'anonymous', id: 'anonymous' } as const, language: 'id' as const },
    ...{ ifMatch: -1, idempotencyKey: '', address: '', requestId: '' },
  };
  const list = async (query: object = {}) => {
    const input = { params: undefined, query: { size: 25, ...query }, body: undefined };
    return (await reader.announcements({ ...asked, input })).body;
  };
  const one = async (id: string) =>
    (await reader.announcement({ ...asked, input: { params: { id }, query: undefined, body: undefined } }))
      .body;
  const view = async (actor: StaffActor, id: string) =>
    (
      await desk.deskAnnouncement({
        ...frame(actor),
        input: { params: { id }, query: undefined, body: undefined },
      })
    ).body;
  /** Ids and states of the desk's list. */
  const work = async (actor: StaffActor, month?: string) => {
    const input = { params: undefined, query: { month }, body: undefined };
    const { body } = await desk.deskAnnouncements({ ...frame(actor), input });
    return body.announcements.map(({ id, state }) => [id, state] as const);
  };
  const banner = async (area?: string) => {
    const input = { params: undefined, query: { area }, body: undefined };
    return (await reader.emergencies({ ...asked, input })).body.emergencies.map(({ id }) => id);
  };
  return {
    ...{ city, clock, store, orders, teller, desk, reader, people, asked, frame },
    ...{ draft, edit, act, published, list, one, view, work, banner },
  };
};
export type AnnouncementWorld = ReturnType<typeof announcementWorld>;
