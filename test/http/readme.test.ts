import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { runningCity } from './city.ts';

const city = runningCity();
const root = join(import.meta.dirname, '..', '..');
const printed = 'http://127.0.0.1:8787';

/** The shell blocks of one section of the README, as printed. */
const blocks = (section: string): readonly string[] => {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const from = text.indexOf(`\n## ${section}\n`);
  const part = text.slice(from, text.indexOf('\n## ', from + 1));
  return [...part.matchAll(/```sh\n([\s\S]*?)```/g)].map((found) => found[1] ?? '');
};

/** Runs a block in bash against the running city; only the port differs from what is printed. */
const run = async (block: string): Promise<readonly Record<string, unknown>[]> => {
  const { url } = city().local;
  expect(block).toContain(printed);
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-euo', 'pipefail', '-c', block.replaceAll(printed, url)],
    {
      cwd: root,
      env: { ...process.env, LAPAU_URL: url },
      timeout: 60_000,
    },
  );
  // `curl` ends an answer without a new line, so that two stand together.
  return stdout
    .trim()
    .split(/(?<=\})\s*(?=\{"(?:code|token|queue|services)")/)
    .map((one) => JSON.parse(one) as Record<string, unknown>);
};

describe('“Try it” in the README', () => {
  test('files, follows, opens and lists with the lines as printed', async () => {
    const [filing = '', following = '', working = '', looking = '', ...more] = blocks('Try it').filter((b) =>
      b.includes('curl'),
    );
    expect(more).toEqual([]);
    const [filed] = await run(filing);
    const [code, pin] = [String(filed?.['code']), String(filed?.['pin'])];
    expect([code, pin]).toEqual([expect.stringMatching(/^\w{9}$/), expect.stringMatching(/^\w{8}$/)]);
    expect(filed).toMatchObject({ state: 'received', area: { code: '13.74.02.1006' } });

    const [tracked, opened] = await run(following.replaceAll('CODE', code).replaceAll('PIN', pin));
    expect(tracked).toMatchObject({ code, state: 'received' });
    expect(opened).toMatchObject({ case: { code, text: expect.stringContaining('Pasar Pusat') } });

    const [listed] = await run(working);
    expect(listed).toMatchObject({ queue: 'triage', cases: [{ code }] });

    const [services, one] = await run(looking);
    expect(services).toMatchObject({
      services: expect.arrayContaining([expect.objectContaining({ code: 'birth-certificate' })]),
    });
    expect(one).toMatchObject({
      code: 'birth-certificate',
      form: expect.any(Object),
      documents: expect.any(Array),
    });
  }, 90_000);
});
