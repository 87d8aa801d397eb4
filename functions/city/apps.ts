import * as z from 'zod/mini';
import { slug } from '../kernel/schema.ts';
import { link } from './link.ts';

/** The directory of a city's other systems: webmail, e-planning, permits, SIAK. The kind `apps` of a pack. */
const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

const app = z.strictObject({
  id: slug,
  name: z.strictObject({ id: text(120), en: text(120) }),
  url: link,
  /** The unit that answers for it, and is told when it is gone. */
  owner: slug,
  about: z.strictObject({ id: text(500), en: text(500) }),
  /** Whether its link is looked at regularly; not for what answers inside the government network only. */
  check: z.boolean(),
});
export type App = z.output<typeof app>;
export const apps = z.strictObject({ apps: z.array(app).check(z.maxLength(100)) });
