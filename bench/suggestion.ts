import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { loadPack } from '../cities/load.ts';
import { prepare, suggest } from '../functions/complaints/suggest.ts';
import type { Figure } from './report.ts';

const labelled = z.object({ id: z.string(), text: z.string(), category: z.string(), hard: z.boolean() });

/** Category suggestion on complaints that no keyword was written from. */
export const suggestion = (): readonly Figure[] => {
  const lines = readFileSync(join(import.meta.dirname, 'complaints.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const complaints = lines.map((line) => labelled.parse(JSON.parse(line)));
  const prepared = prepare(loadPack(join(import.meta.dirname, '..', 'cities', 'padang-panjang')).categories);
  let right = 0;
  let wrong = 0;
  const started = process.cpuUsage();
  for (const { text, category } of complaints) {
    const found = suggest(text, prepared).category;
    if (found === category) right += 1;
    else if (found !== null) wrong += 1;
  }
  const spent = process.cpuUsage(started);
  const share = (n: number): number => (100 * n) / complaints.length;
  return [
    { what: 'complaints', value: complaints.length, unit: '' },
    { what: 'right at once', value: share(right), unit: '%', min: 70 },
    { what: 'proposed wrongly', value: share(wrong), unit: '%', max: 5 },
    { what: 'left to the coordinator', value: share(complaints.length - right - wrong), unit: '%', max: 30 },
    { what: 'CPU per complaint', value: (spent.user + spent.system) / 1000 / complaints.length, unit: 'ms' },
  ];
};
