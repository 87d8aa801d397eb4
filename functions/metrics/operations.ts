import type { StaffActor } from '../cases/actor.ts';
import { localDate } from '../cases/clock/local.ts';
import type { City } from '../city/schema.ts';
import type { Circle } from '../figures/circle.ts';
import { monthPartition, nowPartition } from '../figures/keys.ts';
import type { FigureStore } from '../figures/store.ts';
import type { Call } from '../kernel/http.ts';
import { type Clock, fromSeconds, toSeconds } from '../kernel/time.ts';
import type { metrics } from './contract.ts';
import { type ByCircle, circlesFor, unitTable } from './rules.ts';

type Operations = (typeof metrics)['operations'];

export interface Deps {
  readonly store: Pick<FigureStore, 'rows'>;
  readonly city: () => Promise<City>;
  readonly now: Clock;
}

export const operations = ({ store, city, now }: Deps) => ({
  /** Two queries, for month and now; two more for each further circle that the caller belongs to. */
  unitMetrics: async (call: Call<Operations['unitMetrics'], StaffActor>) => {
    const live = await city();
    const seconds = toSeconds(now());
    const asOf = fromSeconds(seconds - (seconds % 60));
    const month = call.input.query.month ?? localDate(asOf, live.profile.zone).slice(0, 7);
    const circles = circlesFor(live, call.actor);
    const read = (partition: (circle: Circle) => string): Promise<ByCircle> =>
      Promise.all(circles.map(async (circle) => ({ circle, rows: await store.rows(partition(circle)) })));
    const [monthly, present] = await Promise.all([
      read((circle) => monthPartition(month, circle)),
      read(nowPartition),
    ]);
    return { body: unitTable({ city: live, actor: call.actor, month, asOf, monthly, present }) };
  },
});
