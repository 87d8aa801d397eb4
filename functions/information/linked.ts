import { plainId, uploader } from '../attachments/file-id.ts';
import { visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { act, type CommandDeps } from '../cases/commands.ts';
import { allowedActions, subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { keyedHash, pinOf, trackingCode } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { factsOf } from './facts.ts';
import { type Asking, commandOf, type FileDeps, type FiledRequest, fileRequest } from './file.ts';

export interface LinkDeps extends Omit<FileDeps, 'store'>, CommandDeps {
  readonly store: CaseStore;
}

/**
 * Opens a request from a report, once, with its own code and number and the report's time and origin: what was asked then
 * was asked then. The report says which request it became, the request from which report it came. Who asks may be
 * completed later, by that person too.
 * @throws Problem notFound, forbidden, wrongState, secretCase, informationLinked, and what filing is refused with
 */
export const requestFromReport = async (
  deps: LinkDeps,
  actor: StaffActor,
  reportCode: string,
  asking: Asking,
  key: string,
): Promise<FiledRequest> => {
  const [city, keys, report] = await Promise.all([deps.city(), deps.keys(), deps.store.read(reportCode)]);
  const workflow = report === undefined ? undefined : deps.workflows[report.kind];
  if (
    report === undefined ||
    workflow === undefined ||
    !visibleTo(subjectOf(report), actor, city.substitutes)
  )
    throw problem('notFound');
  const how = {
    key,
    origin: report.origin,
    filedAt: report.filedAt,
    uploader: uploader.staff(actor.id),
    reporter: report.reporter,
    from: report.code,
    counted: false,
  };
  const files = asking.files?.map(plainId);
  const command = commandOf(keys, actor, files === undefined ? asking : { ...asking, files }, how);
  const request = report.data['information'];
  const again = typeof request === 'string' ? await deps.store.read(request) : undefined;
  const isRetry = again?.filing.fingerprint === command.fingerprint;
  if (
    !isRetry &&
    !allowedActions(workflow, actor, report, city, undefined, true).includes('requestInformation')
  )
    throw problem('forbidden');
  const not = workflow.actions['requestInformation']?.when?.({
    record: report,
    actor,
    now: deps.now(),
    city,
  });
  if (!isRetry && not !== undefined) throw problem(not);
  /** The report says which request it became. */
  const link = async (code: string): Promise<void> => {
    const input = { request: code };
    await act(deps, actor, {
      code: report.code,
      action: 'requestInformation',
      apart: true,
      body: input,
      parse: () => input,
      look: async () => ({}),
      // The report's own command: the filing's key is the request's.
      idempotencyKey: keyedHash(keys.first('command'), command.id, 'report'),
    });
  };
  const filed = await fileRequest(deps, actor, asking, how).catch(async (refusal: unknown) => {
    // Somebody else opens it in this moment, or was cut off before the report said so.
    const other = await deps.store.read(trackingCode(keys.first('code'), command.id, 0));
    if (other?.filing.id !== command.id || other.filing.fingerprint === command.fingerprint) throw refusal;
    await link(other.code);
    throw problem('informationLinked');
  });
  if (!isRetry) await link(filed.record.code);
  return filed;
};

/**
 * The request that a report became, for whoever holds the report: whoever asked in the report asks in the request.
 * @throws Problem notFound
 */
export const linkedRequest = async (
  store: Pick<CaseStore, 'read'>,
  keys: Keys,
  report: CaseRecord,
): Promise<{ readonly record: CaseRecord; readonly pin: string }> => {
  const code = report.data['information'];
  const record = typeof code === 'string' ? await store.read(code) : undefined;
  if (record === undefined || factsOf(record).from !== report.code) throw problem('notFound');
  const key = keys.of('pin', record.pin.key);
  if (key === undefined) throw problem('notFound');
  return { record, pin: pinOf(key, record.code, record.pin.version) };
};
