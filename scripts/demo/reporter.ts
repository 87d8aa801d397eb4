import type { Api } from './api.ts';

export interface Report {
  readonly code: string;
  readonly pin: string;
}

interface View {
  readonly state: string;
  readonly stateName: string;
  readonly due: string | null;
  readonly timeline: readonly {
    readonly type: string;
    readonly says: string;
    readonly texts: readonly string[];
  }[];
}

/** Who filed a report, with nothing but its code and PIN. */
export interface Citizen {
  readonly view: () => Promise<View>;
  readonly act: (action: string, body: Record<string, unknown>) => Promise<void>;
}

interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Files without an account, with an address for news. */
export const fileAt = async (api: Api, area: string, text: string, point?: Point): Promise<Report> => {
  await api.pass('+4m');
  const report = await api.ask<Report>('POST', '/v1/complaints', {
    body: {
      text,
      place: { area, ...(point === undefined ? {} : { point }) },
      contact: {
        email: `pelapor-${Math.round(Date.parse((await api.now()).toISOString()) / 1000)}@warga.example`,
      },
    },
  });
  await api.settle();
  return report;
};

export const citizen = async (api: Api, { code, pin }: Report): Promise<Citizen> => {
  const open = async () =>
    api.asked<{ token: string; case: View }>('POST', `/v1/track/${code}/open`, { body: { pin } });
  const view = async (): Promise<View> => (await open()).body.case;
  return {
    view,
    act: async (action, body) => {
      await api.pass('+4m');
      const opened = await open();
      await api.ask('POST', `/v1/track/${code}/actions/${action}`, {
        token: opened.body.token,
        body,
        ifMatch: opened.seq,
      });
      await api.settle();
    },
  };
};

/** Looks for what is there already and joins the report with this code, instead of filing the same again. */
export const joinWith = async (
  api: Api,
  area: string,
  point: Point,
  code: string,
  email: string,
): Promise<void> => {
  await api.pass('+4m');
  const { reports } = await api.ask<{ reports: readonly { ref: string }[] }>(
    'POST',
    '/v1/complaints/similar',
    {
      body: { category: 'road-damage', place: { area, point } },
    },
  );
  for (const { ref } of reports) {
    // The oldest of them is the first report; a list tells no codes.
    const joined = await api.ask<{ code: string }>('POST', '/v1/joins', {
      body: { ref, contact: { email } },
    });
    if (joined.code === code) return;
  }
  throw new Error(`${code} is not among the similar reports`);
};

/** What staff read of an event. */
export interface Told {
  readonly on: string;
  readonly type: string;
  readonly by: string;
  /** What makes it this step: clock and rung. */
  readonly key: string;
}

export const story = async (api: Api, as: string, code: string): Promise<readonly Told[]> => {
  const { timeline } = await api.ask<{
    timeline: readonly { on: string; type: string; facts: Readonly<Record<string, unknown>> }[];
  }>('GET', `/v1/desk/cases/${code}`, { as });
  return timeline.map(({ on, type, facts }) => ({
    on,
    type,
    by: [facts['step'], facts['clock']].filter((fact) => fact !== undefined).join(' · '),
    key: JSON.stringify([type, facts['step'], facts['clock'], facts['due']]),
  }));
};
