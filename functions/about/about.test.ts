import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { smallCity } from '../../test/small-city.ts';
import { about } from './contract.ts';
import { operations } from './operations.ts';

const run = operations({ city: async () => smallCity(), now: () => '2026-11-23T01:00:00Z' });

it('tells everybody what a page needs, and units as they are today', async () => {
  const { body } = await run.aboutCity();
  expect(z.parse(about.operations.aboutCity.response, body)).toEqual(body);
  expect(body).toMatchObject({ app: 'Lapau Contoh', emergency: { numbers: [{ number: '112' }] } });
  expect(body.units.map((unit) => unit.id)).toContain('pupr');
  expect(body.units.map((unit) => unit.id)).not.toContain('lama');
});

it('keeps to itself how it decides and whom it calls', async () => {
  const text = JSON.stringify((await run.aboutCity()).body);
  for (const word of ['keywords', 'contacts', 'examples', 'threshold', 'position', 'rules']) {
    expect(text).not.toContain(word);
  }
});
