import type { FileRecord } from '../../attachments/model.ts';
import { filesNamed, type Named } from '../../attachments/naming.ts';
import type { FileStore, Found } from '../../attachments/store.ts';
import { step } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { ownStepId } from '../../cases/own-step.ts';
import type { CaseStore } from '../../cases/store.ts';
import { eventOfCommand } from '../../cases/timeline.ts';
import type { Workflow } from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import { eventsBetween } from '../../events/missing.ts';
import type { Log } from '../../kernel/log.ts';
import type { Clock } from '../../kernel/time.ts';
import type { Codecs } from './codecs.ts';
import { derivativeOf, inspect } from './inspect.ts';
import { maxBytes } from './limits.ts';
import { type Message, messageOf } from './messages.ts';
import type { Objects } from './objects.ts';

/** A write that lost to another one is tried again on the newer case at most this often. */
const attempts = 6;

export interface InspectDeps {
  readonly store: Pick<CaseStore, 'read' | 'save' | 'archivedEvents'>;
  readonly files: FileStore;
  readonly objects: Objects;
  readonly codecs: Codecs;
  readonly city: () => Promise<City>;
  readonly workflows: Readonly<Record<string, Workflow>>;
  readonly now: Clock;
  readonly log: Log;
}

/** The finding's own command: however often it is brought, the case records it once. */
const commandOf = (code: string, id: string, found: string) => ({
  id: ownStepId('inspect', code, id),
  fingerprint: ownStepId('inspect', code, id, found),
});

const actionOf = (by: Named['by'], refused: boolean): string =>
  by === 'staff' ? 'checkStaffFile' : refused ? 'refuseFile' : 'acceptFile';

/**
 * Inspects what a case names. Two things have to be there, and either may come first: the object, and a case that
 * names it. Whoever comes second starts the work: a naming claims the file and then looks for the object; an object
 * looks for the claim. An upload that nobody names is never read. Every step may be repeated: the claim, the finding
 * and the case's event are each written once, and the original goes last (docs/adr/0096-inspection.md).
 */
export const inspectFiles = (deps: InspectDeps) => {
  /** Writes the finding into the case, unless it is there. */
  const tell = async (
    code: string,
    { id, by }: Pick<Named, 'id' | 'by'>,
    found: string,
    refused: boolean,
  ) => {
    const command = commandOf(code, id, found);
    const [city, first] = await Promise.all([deps.city(), deps.store.read(code)]);
    let record: CaseRecord | undefined = first;
    for (let attempt = 0; attempt < attempts && record !== undefined; attempt += 1) {
      const known: CaseRecord = record;
      if ((await eventOfCommand(deps.store, known, command.id)) !== undefined) return;
      const workflow = deps.workflows[known.kind];
      if (workflow === undefined) throw new Error('a case of a kind without workflow');
      const stepped = step(
        workflow,
        city,
        known,
        { ...command, action: actionOf(by, refused), input: { file: id, found } },
        { kind: 'system', id: 'inspect-photo' },
        deps.now(),
      );
      if ('refuse' in stepped) throw new Error(`a finding was refused: ${stepped.refuse}`);
      record = await deps.store.save(stepped.record);
      if (record === undefined) return;
    }
    throw new Error('a finding found no way into its case');
  };

  const look = async (id: string): Promise<Found | undefined> => {
    const upload = await deps.objects.upload(id);
    if (upload === undefined) return undefined;
    if (upload.bytes > Math.max(...Object.values(maxBytes))) return { refused: 'tooLarge' };
    const inspected = await inspect(await upload.read(), deps.codecs);
    if (inspected.refused !== undefined) return { refused: inspected.refused };
    const { facts, full, thumbnail } = inspected;
    await deps.objects.serve(id, 'full', full);
    if (thumbnail !== undefined) await deps.objects.serve(id, 'thumbnail', thumbnail);
    return {
      facts,
      served: {
        full: derivativeOf(full),
        ...(thumbnail === undefined ? {} : { thumbnail: derivativeOf(thumbnail) }),
      },
    };
  };

  /** Takes a claimed file as far as it goes. */
  const advance = async (claimed: FileRecord): Promise<void> => {
    let file = claimed;
    if (file.checkedAt === undefined) {
      const found = await look(file.id);
      if (found === undefined) return;
      file = await deps.files.settle(file, found, deps.now());
      deps.log.info('inspected', {
        kind: file.facts?.kind ?? 'none',
        refused: file.refused ?? 'no',
        bytes: file.facts?.bytes ?? 0,
      });
    }
    // What no case has is looked up by whoever shows it.
    if (file.owner === undefined)
      await tell(file.code, file, file.refused ?? file.facts?.kind ?? 'broken', file.refused !== undefined);
    await deps.objects.remove(file.id);
  };

  const named = async (code: string, seq: number): Promise<void> => {
    const record = await deps.store.read(code);
    // Told before the table can be read is told again; a case never goes.
    if (record === undefined || record.seq < seq) throw new Error('an event that is not there yet');
    for (const one of filesNamed(await eventsBetween(deps.store, record, seq - 1, seq))) {
      const { id, audience, by, at } = one;
      const mine: FileRecord = { v: 1, id, code, seq, by, audience, namedAt: at };
      const claimed = await deps.files.claim(mine);
      if (claimed.code === code) await advance(claimed);
      else await tell(code, one, 'namedElsewhere', true);
    }
  };

  const arrived = async (id: string): Promise<void> => {
    const claimed = await deps.files.read(id);
    if (claimed !== undefined) await advance(claimed);
  };

  const handle = (message: Message): Promise<void> =>
    message.arrived === undefined ? named(message.named.code, message.named.seq) : arrived(message.arrived);

  /** @returns ids of the messages that have to come again */
  return async (
    messages: readonly { readonly id: string; readonly body: string }[],
  ): Promise<readonly string[]> => {
    const failed: string[] = [];
    for (const { id, body } of messages) {
      try {
        await handle(messageOf(body));
      } catch (e) {
        deps.log.error('an upload was not inspected', e);
        failed.push(id);
      }
    }
    return failed;
  };
};
