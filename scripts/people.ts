import { rootOf, unitOf } from '../functions/cases/units.ts';
import type { City, Unit } from '../functions/city/schema.ts';
import type { Invitation } from '../functions/staff/invite.ts';
import { misfit } from '../functions/staff/rules.ts';
import { keepingUnit } from './bootstrap.ts';

/** Where the seeded people's mail goes: a domain that nobody can own. */
export const seedDomain = 'lapau.test';

/**
 * Some have a chat beside their mail, so that a trial shows every channel: the coordinators, and the desks of some
 * units. No chat and no number of anybody begins with these zeros.
 */
const chatting = (one: Invitation, n: number): Invitation => {
  // A unit's people follow each other by threes.
  const unit = Math.floor(n / 3) % 3;
  const number = String(n).padStart(5, '0');
  if (one.role === 'coordinator' || (one.role === 'officer' && unit === 0))
    return { ...one, channels: { whatsapp: `+6200000${number}` } };
  if (one.role === 'validator' || (one.role === 'liaison' && unit === 1))
    return { ...one, channels: { telegram: `00000${number}` } };
  return one;
};

const person = (
  slug: string,
  name: string,
  post: Pick<Invitation, 'role' | 'unit' | 'position'>,
): Invitation => ({ name, email: `${slug}@${seedDomain}`, reason: 'seed', ...post });

/** Roots of the units that routing leads to, in the order of the rules; a governed area's root is its kecamatan. */
const handling = (city: City, oversight: string | undefined): readonly string[] => {
  const named = city.routing.flatMap(({ to }) => {
    if ('unit' in to) return [rootOf(city, to.unit)];
    if (!('governs' in to)) return [];
    return city.units.filter((unit) => unit.kind === 'kecamatan').map((unit) => rootOf(city, unit.id));
  });
  return [...new Set(named)].filter((root) => root !== oversight);
};

/** Sub-units that a rule names itself, such as a call centre: somebody has to be there. */
const namedBelow = (city: City): readonly string[] => [
  ...new Set(
    city.routing.flatMap(({ to }) => ('unit' in to && rootOf(city, to.unit) !== to.unit ? [to.unit] : [])),
  ),
];

const validUnits = (city: City, today: string): readonly Unit[] =>
  city.units.filter((unit) => unit.validFrom <= today && (unit.validTo ?? today) >= today);

/**
 * One person a role for trying a city, whatever its units are called: `koordinator`, `koordinator-2`, `penghubung-`,
 * `petugas-` and `kepala-<unit>` of every unit that routing leads to, `lurah`, `camat`, `validator`, `validator-2`, `inspektur`,
 * `inspektur-2` (whoever handles an oversight case does not validate it), `walikota`, `sekda`. The head of the keeping
 * unit is PPID Utama, each liaison PPID Pelaksana of the unit. The slug is the address up to its `@`.
 * @param today local date
 */
export const seedPeople = (city: City, today: string): readonly Invitation[] => {
  const valid = validUnits(city, today);
  const called = (pattern: RegExp, kinds: readonly Unit['kind'][]): string | undefined =>
    valid.find(({ id, name, kind }) => kinds.includes(kind) && pattern.test(`${id} ${name}`))?.id;
  const short = (id: string): string => unitOf(city, id)?.short ?? id;
  const keeping = keepingUnit(city, today);
  const oversight = city.profile.oversightUnit ?? called(/inspektorat/i, ['opd']);
  const secretariat = called(/setda|sekretariat daerah/i, ['opd']) ?? keeping;
  const validating = city.profile.validatingUnit ?? called(/pemerintahan/i, ['bagian']);

  const officers = handling(city, oversight).flatMap((unit) => [
    person(`penghubung-${unit}`, `Penghubung ${short(unit)}`, {
      role: 'liaison',
      unit,
      position: 'ppidPelaksana',
    }),
    person(`petugas-${unit}`, `Petugas ${short(unit)}`, { role: 'officer', unit }),
    person(`kepala-${unit}`, `Kepala ${short(unit)}`, {
      role: 'head',
      unit,
      ...(unit === keeping ? { position: 'ppidUtama' } : {}),
    }),
  ]);
  const below = namedBelow(city).map((unit) =>
    person(`petugas-${unit}`, `Petugas ${short(unit)}`, { role: 'officer', unit }),
  );
  const areaHeads = (['kelurahan', 'kecamatan'] as const).flatMap((kind) => {
    const title = kind === 'kelurahan' ? 'lurah' : 'camat';
    return valid
      .filter((unit) => unit.kind === kind)
      .slice(0, 2)
      .map((unit, i) =>
        person(i === 0 ? title : `${title}-2`, `${title === 'lurah' ? 'Lurah' : 'Camat'} ${unit.short}`, {
          role: 'areaHead',
          unit: unit.id,
        }),
      );
  });
  const others = [
    ...(validating === undefined
      ? []
      : [
          person('validator', `Validator ${short(validating)}`, { role: 'validator', unit: validating }),
          // Whoever approved what was disputed twice does not approve it again.
          person('validator-2', `Validator Dua ${short(validating)}`, {
            role: 'validator',
            unit: validating,
          }),
        ]),
    ...(oversight === undefined
      ? []
      : [
          person('inspektur', 'Inspektur', { role: 'inspector', unit: oversight }),
          person('inspektur-2', 'Inspektur Dua', { role: 'inspector', unit: oversight }),
          person(`kepala-${oversight}`, `Kepala ${short(oversight)}`, { role: 'head', unit: oversight }),
        ]),
    person('walikota', 'Wali Kota', { role: 'executive', unit: secretariat, position: 'mayor' }),
    person('sekda', 'Sekretaris Daerah', { role: 'executive', unit: secretariat, position: 'sekda' }),
  ];
  const everybody = [
    person('koordinator', 'Koordinator', { role: 'coordinator', unit: keeping }),
    person('koordinator-2', 'Koordinator Dua', { role: 'coordinator', unit: keeping }),
    ...others,
    ...areaHeads,
    ...officers,
    ...below,
  ];
  // A pack whose units do not fit a role goes without: the city's own coordinator would be refused it too.
  return everybody.filter((one) => misfit(city, one, today) === undefined).map(chatting);
};
