import { uploader } from '../attachments/file-id.ts';
import { handles, visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { act } from '../cases/commands.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { toSeconds } from '../kernel/time.ts';
import { answering, type Deps, filedAnswer, type Operations } from './answering.ts';
import { apply } from './apply.ts';
import { dataOf } from './model.ts';
import { staffView } from './view.ts';

/** How long ago a citizen may have handed in what staff record now. */
const recordedWithinDays = 90;

/** At the counter and at the desk. */
export const staffOperations = (deps: Deps) => {
  const { seenBy, act: take, correct } = answering(deps);

  /** An application that staff see. @throws Problem notFound */
  const seen = async (actor: StaffActor, code: string): Promise<CaseRecord> => {
    const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
    if (record?.kind !== 'application' || !visibleTo(subjectOf(record), actor, city.substitutes))
      throw problem('notFound');
    return record;
  };

  return {
    applyForCitizen: async (call: Call<Operations['applyForCitizen'], StaffActor>) => {
      const { contact, origin, saidAt, ...body } = call.input.body;
      const now = toSeconds(deps.now());
      if (saidAt !== undefined) {
        const said = toSeconds(saidAt);
        if (said > now || said < now - recordedWithinDays * 86_400)
          throw problem('dateOutOfRange', { fields: [{ field: '/saidAt', problem: 'dateOutOfRange' }] });
      }
      const applied = await apply(deps, call.actor, body, {
        key: call.idempotencyKey,
        origin,
        filedAt: saidAt,
        quota: undefined,
        contact,
        uploader: uploader.staff(call.actor.id),
        language: call.language,
      });
      return filedAnswer(applied, call.language);
    },

    readApplication: async (call: Call<Operations['readApplication'], StaffActor>) => {
      const { actor, language } = call;
      const record = await seen(actor, call.input.params.code);
      const [view, content] = await Promise.all([
        seenBy(record, actor, `/v1/desk/applications/${record.code}`, language),
        handles(subjectOf(record), actor) ? deps.answers.read(dataOf(record).answers) : undefined,
      ]);
      return { body: staffView(view, content), etag: record.seq };
    },

    actOnApplication: async (call: Call<Operations['actOnApplication'], StaffActor>) => {
      const { params, body } = call.input;
      return take(params.code, call.actor, params.action, body, call);
    },

    correctApplication: async (call: Call<Operations['correctApplication'], StaffActor>) => {
      const record = await seen(call.actor, call.input.params.code);
      if (!handles(subjectOf(record), call.actor)) throw problem('forbidden');
      return correct(record, call.actor, call.input.body, call);
    },

    /** What lies under the masks, to whoever says why: the reason is an event of the case. */
    revealAnswers: async (call: Call<Operations['revealAnswers'], StaffActor>) => {
      const record = await seen(call.actor, call.input.params.code);
      // A repeated call is answered by its event: the right to look is asked anew each time.
      if (!handles(subjectOf(record), call.actor)) throw problem('forbidden');
      const input = { text: call.input.body.reason };
      await act(deps, call.actor, {
        code: record.code,
        action: 'reveal',
        apart: true,
        body: input,
        parse: () => input,
        look: async () => ({}),
        idempotencyKey: call.idempotencyKey,
      });
      const { applicant, answers } = await deps.answers.read(dataOf(record).answers);
      return { body: { applicant, answers } };
    },
  };
};
