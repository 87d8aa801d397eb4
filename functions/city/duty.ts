import * as z from 'zod/mini';
import { slug } from '../kernel/schema.ts';
import { positions } from './positions.ts';

const time = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
/** Local date and time, to the minute. */
const moment = z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])-[0-3]\dT([01]\d|2[0-3]):[0-5]\d$/));

const person = z.union([
  z.strictObject({ staff: z.string().check(z.regex(/^[a-z0-9-]{3,64}$/)) }),
  z.strictObject({ position: z.enum(positions) }),
  /** Everybody of the unit in this role. */
  z.strictObject({ role: z.enum(['head', 'liaison', 'officer', 'areaHead']) }),
]);
export type OnDuty = z.output<typeof person>;
const people = z.array(person).check(z.minLength(1), z.maxLength(20));

/**
 * Who is called when life is in danger outside of office hours: the kind `duty` of a pack, which may do without. A dated
 * shift takes the place of the weekly ones while it lasts.
 */
export const duty = z.strictObject({
  source: z.string().check(z.minLength(1), z.maxLength(500)),
  rotas: z
    .array(
      z.strictObject({
        /** Its branch calls these people, unless a unit below has a rota of its own. */
        unit: slug,
        weekly: z._default(
          z
            .array(
              z.strictObject({
                days: z
                  .array(z.enum(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']))
                  .check(z.minLength(1), z.maxLength(7)),
                from: time,
                /** At or before `from`: on the next day. */
                to: time,
                people,
              }),
            )
            .check(z.maxLength(100)),
          [],
        ),
        dated: z._default(
          z.array(z.strictObject({ from: moment, to: moment, people })).check(z.maxLength(500)),
          [],
        ),
      }),
    )
    .check(z.maxLength(100)),
});
export type Rota = z.output<typeof duty>['rotas'][number];
