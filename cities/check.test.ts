import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../functions/city/check.ts';
import { describe as say } from '../functions/city/problem.ts';
import type { Setting, SettingBodies, SettingKind } from '../functions/city/schema.ts';
import { readPack } from './load.ts';

const { bodies } = readPack(join(import.meta.dirname, 'padang-panjang'));

/** The problems of the pack with one setting changed. */
const with_ = <K extends SettingKind>(kind: K, change: (body: Setting<K>) => void): string[] => {
  const copy: SettingBodies = structuredClone(bodies);
  const body = copy[kind];
  if (body === undefined) throw new Error(`no ${kind}`);
  change(body as Setting<K>);
  return check(copy).map(say);
};
const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index];
  if (item === undefined) throw new Error(`nothing at ${index}`);
  return item;
};
const unit = (body: Setting<'units'>, id: string) =>
  at(
    body.units.filter((u) => u.id === id),
    0,
  );
const indexOf = (id: string) => bodies.units?.units.findIndex((u) => u.id === id);

describe('settings that contradict each other', () => {
  it('are none in the pack', () => {
    expect(check(bodies)).toEqual([]);
  });

  it('are not looked for against a setting that is absent', () => {
    expect(check({ routing: bodies.routing })).toEqual([]);
  });

  it('a tree that runs in a circle', () => {
    const problems = with_('units', (body) => {
      unit(body, 'pupr').parent = 'pupr-bina-marga';
    });
    expect(problems).toContain(
      `units.json units[${indexOf('pupr')}].parent: the tree runs in a circle: pupr → pupr-bina-marga → pupr`,
    );
  });

  it('a unit that outlives its parent, ends without successor, or is succeeded in a circle', () => {
    const problems = with_('units', (body) => {
      unit(body, 'pupr').validTo = '2026-12-31';
      Object.assign(unit(body, 'sosial'), { validTo: '2026-06-30', successor: 'kesehatan' });
      Object.assign(unit(body, 'kesehatan'), { validTo: '2026-06-30', successor: 'sosial' });
    });
    expect(problems).toContain(
      `units.json units[${indexOf('pupr-bina-marga')}].validFrom: its life is not within that of its parent "pupr"`,
    );
    expect(problems).toContain('routing.json rules[4].to.unit: "pupr" ends and nothing succeeds it');
    expect(problems).toContain(
      `units.json units[${indexOf('sosial')}].successor: runs in a circle: sosial → kesehatan → sosial`,
    );
  });

  it('two units over one kelurahan at the same time', () => {
    const problems = with_('units', (body) => {
      unit(body, 'kelurahan-sigando').area = '13.74.01.1001';
    });
    expect(problems).toContain(
      `units.json units[${indexOf('kelurahan-sigando')}].area: "kelurahan-ganting" governs 13.74.01.1001 at the same time`,
    );
  });

  it('a calendar that is never open, closes before it opens, or is unknown', () => {
    const problems = with_('calendars', (body) => {
      body.city = 'kantor';
      at(body.calendars, 0).week.mon = [['16:00', '07:30']];
      at(body.calendars, 1).week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
      at(body.calendars, 2).week.tue = [['08:00', '24:30']];
    });
    expect(problems).toContain('calendars.json city: unknown calendar "kantor"');
    expect(problems).toContain(
      'calendars.json calendars[0].week.mon[0]: closes (07:30) before it opens (16:00)',
    );
    expect(problems).toContain(
      'calendars.json calendars[1].week: is never open: no deadline could ever be computed',
    );
    expect(problems).toContain('calendars.json calendars[2].week.tue[0][1]: "24:30" is after midnight');
  });

  it('overlapping periods and a holiday that stands twice', () => {
    const problems = with_('calendars', (body) => {
      at(at(body.calendars, 0).periods, 1).from = '2026-03-01';
      at(body.holidays, 1).date = '2026-01-01';
    });
    expect(problems).toContain('calendars.json calendars[0].periods[1]: overlaps "Ramadan 1447 Hijriah"');
    expect(problems).toContain('calendars.json holidays[1].date: date "2026-01-01" stands twice');
  });

  it('an area of another city, without its kecamatan, outside of the bounds, or with an alias of another', () => {
    const problems = with_('areas', (body) => {
      at(body.areas, 1).code = '13.75.01.1001';
      at(body.areas, 2).centre = { lat: -6.2, lon: 106.8 };
      at(body.areas, 3).aliases = ['Guguk Malintang'];
    });
    expect(problems).toContain('areas.json areas[1].code: "13.75.01.1001" is not part of 13.74');
    expect(problems).toContain('areas.json areas[1].code: its kecamatan 13.75.01 is missing');
    expect(problems).toContain('areas.json areas[2].centre: lies outside of profile.json bounds');
    expect(problems).toContain('areas.json areas[3].aliases[0]: "Guguk Malintang" also names another area');
  });

  it('a category without a rule, a rule that nothing reaches, and a direct category that leaves the city', () => {
    const problems = with_('routing', (body) => {
      at(body.rules, 4).when.categories = ['road-damage'];
      body.rules.push({ ...at(body.rules, 1), id: 'again' });
      at(body.rules, 1).to = { outside: 'pln' };
    });
    expect(problems).toContain(
      'routing.json rules: category "bridge" has no rule that holds everywhere and at any time',
    );
    expect(problems).toContain(`routing.json rules[30]: never decides: rules[1] takes all of its cases`);
    expect(problems).toContain(
      'routing.json rules: category "fire" is direct but may go to a body outside of the city',
    );
  });

  it('names in rules that nobody has', () => {
    const problems = with_('routing', (body) => {
      at(body.rules, 0).when.categories = ['bribery'];
      at(body.rules, 2).when.closed = 'lunch';
      Object.assign(at(body.rules, 3).when, { areas: ['13.74.09'] });
      at(body.rules, 25).to = { outside: 'pam' };
    });
    expect(problems).toContain('routing.json rules[0].when.categories[0]: unknown category "bribery"');
    expect(problems).toContain('routing.json rules[2].when.closed: unknown calendar "lunch"');
    expect(problems).toContain('routing.json rules[3].when.areas[0]: unknown area "13.74.09"');
    expect(problems).toContain('routing.json rules[25].to.outside: unknown body "pam"');
  });

  it('a case without a promise, a promise on a unit calendar, an outer limit that pauses', () => {
    const problems = with_('clocks', (body) => {
      body.rules = body.rules.filter((rule) => rule.id !== 'promise');
      at(
        body.rules.filter((rule) => rule.id === 'promise-question'),
        0,
      ).calendar = 'unit';
      at(
        body.rules.filter((rule) => rule.clock === 'outer'),
        0,
      ).pausable = true;
    });
    expect(problems).toContain('clocks.json rules: no promise for kind "complaint", category "road-damage"');
    expect(problems).toContainEqual(expect.stringMatching(/calendar: a promise runs on the city calendar/));
    expect(problems).toContainEqual(expect.stringMatching(/pausable: the outer limit never pauses/));
  });

  it('an oversight category that triage would see, a keyword for and against, a spelling of two words', () => {
    const problems = with_('categories', (body) => {
      const misconduct = body.groups.findIndex((group) => group.id === 'misconduct');
      at(at(body.groups, misconduct).categories, 0).dispatch = 'triage';
      at(at(body.groups, 0).categories, 0).against = ['aspal'];
      body.spellings['jl raya'] = 'jalan raya';
    });
    expect(problems).toContainEqual(
      expect.stringMatching(/categories\[0\]\.dispatch: an oversight category is direct/),
    );
    expect(problems).toContain(
      'categories.json groups[0].categories[0].against[0]: "aspal" is also a keyword here',
    );
    expect(problems).toContain('categories.json spellings.jl raya: must be one word in small letters a–z');
  });

  it('a substitute who is the one complained about, or unknown', () => {
    const problems = with_('substitutes', (body) => {
      Object.assign(at(body.substitutes, 2), { unit: 'setda', position: 'sekda' });
      at(body.substitutes, 0).about = 'kominfoo';
    });
    expect(problems).toEqual([
      'substitutes.json substitutes[0].about: unknown unit or position "kominfoo"',
      'substitutes.json substitutes[2].position: is the one complained about',
    ]);
  });

  it('a substitute from the branch that is complained about', () => {
    const problems = with_('substitutes', (body) => {
      Object.assign(at(body.substitutes, 0), { about: 'bagian-pemerintahan', unit: 'setda' });
      Object.assign(at(body.substitutes, 1), { unit: 'inspektorat' });
    });
    expect(problems).toEqual([
      'substitutes.json substitutes[0].unit: "setda" lies in the branch that is complained about',
      'substitutes.json substitutes[1].unit: "inspektorat" lies in the branch that is complained about',
    ]);
  });
});
