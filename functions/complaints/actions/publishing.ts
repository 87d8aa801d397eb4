import * as z from 'zod/mini';
import { note } from '../../cases/common/inputs.ts';
import { publicBody } from '../../cases/publication.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { words } from '../../kernel/schema.ts';
import { isPublic, mayPublish, publish, releaseFile, takedown, withholdFile } from '../rules/publishing.ts';
import { every, publishable, takedownReasons } from '../states.ts';

const coordinator = { roles: ['coordinator'], where: 'desk' } as const;
const fileId = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/));

/** What everybody may read of a case: the coordinator's words, and the photos that they let out one by one. */
export const publishing: Readonly<Record<string, ActionSpec>> = {
  /** Also a new edit of what is public: it gets the next version. */
  publish: {
    names: { id: 'Terbitkan', en: 'Publish' },
    by: [coordinator],
    from: publishable,
    input: z.strictObject({
      title: words(8, 120).check(z.regex(/^[^\n\r\t]*$/, 'oneLine')),
      summary: words(20, 1500),
      /** Personal data that the finder sees in these words and that may be public all the same. */
      findings: z.optional(
        z
          .array(z.strictObject({ text: z.string().check(z.maxLength(200)), confirmed: z.literal(true) }))
          .check(z.maxLength(20)),
      ),
    }),
    text: { audience: 'public', of: ({ title, summary }) => publicBody(String(title), String(summary)) },
    event: 'published',
    audience: 'public',
    tells: ['reporter'],
    clocks: [],
    when: mayPublish,
    decide: publish,
  },
  takedown: {
    names: { id: 'Turunkan dari publik', en: 'Take down' },
    by: [coordinator],
    from: every,
    input: z.strictObject({ reason: z.enum(takedownReasons), text: note }),
    text: { audience: 'staff' },
    event: 'takenDown',
    audience: 'reporter',
    tells: ['reporter'],
    clocks: [],
    when: isPublic,
    decide: takedown,
  },
  releaseFile: {
    names: { id: 'Terbitkan foto', en: 'Release a photo' },
    by: [coordinator],
    from: publishable,
    input: z.strictObject({
      /** Number of the event that brought the photo. */
      seq: z.int().check(z.gte(1), z.lte(999_999)),
      file: fileId,
    }),
    event: 'fileReleased',
    audience: 'staff',
    tells: [],
    clocks: [],
    when: isPublic,
    decide: releaseFile,
  },
  withholdFile: {
    names: { id: 'Tarik foto', en: 'Withhold a photo' },
    by: [coordinator],
    from: every,
    input: z.strictObject({ file: fileId }),
    event: 'fileWithheld',
    audience: 'staff',
    tells: [],
    clocks: [],
    when: isPublic,
    decide: withholdFile,
  },
};
