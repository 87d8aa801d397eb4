import { propose, type RoutedCity } from '../../functions/complaints/route.ts';
import type { Api } from './api.ts';
import { type Filed, readAs } from './story.ts';

/** The live settings that routing reads, over HTTP like everything else here. */
const liveRouting = async (api: Api): Promise<RoutedCity> => {
  const body = async (kind: string): Promise<never> =>
    (await api.ask<{ live: { body: never } }>('GET', `/v1/settings/${kind}`, { as: 'koordinator' })).live
      .body;
  const [profile, calendars, areas, units, routing] = await Promise.all(
    ['profile', 'calendars', 'areas', 'units', 'routing'].map(body),
  );
  return {
    profile,
    calendars,
    areas: (areas as unknown as { areas: RoutedCity['areas'] }).areas,
    units: (units as unknown as { units: RoutedCity['units'] }).units,
    routing: (routing as unknown as { rules: RoutedCity['routing'] }).rules,
  } as unknown as RoutedCity;
};

export interface Misplaced {
  readonly code: string;
  readonly expected: string | null;
  readonly found: string | null;
}

/** Every report of the city's own, emergencies aside, has to lie with the unit that its settings name. */
export const misplaced = async (
  api: Api,
  filed: readonly Filed[],
  areas: readonly { code: string }[],
  inspector: string,
): Promise<readonly Misplaced[]> => {
  const city = await liveRouting(api);
  const now = `${(await api.now()).toISOString().slice(0, 19)}Z`;
  const wrong: Misplaced[] = [];
  for (const { sample, code } of filed) {
    if (sample.outside === true || sample.emergency === true) continue;
    const area = areas[sample.place % areas.length]?.code ?? null;
    const expected = propose(city, { category: sample.category, area, filedAt: now }).unit;
    const found = (await readAs(api, inspector, code)).unit?.id ?? null;
    if (found !== expected) wrong.push({ code, expected, found });
  }
  return wrong;
};
