import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleFits } from '../functions/city/find.ts';
import { unitForService } from '../functions/city/governing.ts';
import { isIssuedHere, type Service, stateOn } from '../functions/city/services.ts';
import { type Standard, standardParts } from '../functions/city/standards.ts';
import { askedOf, knownOf } from '../functions/forms/shared/asked.ts';
import { neededDocuments } from '../functions/forms/shared/documents.ts';
import type { Answers, Form } from '../functions/forms/shared/model.ts';
import { loadPack, readPack } from './load.ts';

const today = '2026-11-22';
const packs = ['padang-panjang', 'padangsidimpuan'] as const;
const dirOf = (city: string): string => join(import.meta.dirname, city);
const city = loadPack(dirOf('padang-panjang'));
const standards = new Map(
  readPack(dirOf('padang-panjang')).bodies.standards?.standards.map((one) => [one.service, one]),
);
const own = city.services.filter(isIssuedHere);

const serviceOf = (code: string): Service => {
  const found = city.services.find((one) => one.code === code);
  if (found === undefined) throw new Error(code);
  return found;
};
const paperOf = (code: string): Standard & { readonly form: Form } => {
  const found = standards.get(code);
  if (found?.form === undefined) throw new Error(code);
  return { ...found, form: found.form };
};

describe('the catalogue of Padang Panjang', () => {
  it('has nine services of its own and links to what others issue', () => {
    expect(own.map(({ code }) => code)).toEqual([
      'birth-certificate',
      'death-certificate',
      'id-card-replacement',
      'moving-certificate',
      'domicile-statement',
      'practice-permit',
      'research-statement',
      'cemetery-plot',
      'business-aid',
    ]);
    expect(
      city.services.flatMap(({ code, issued }) =>
        'nationally' in issued ? [[code, issued.nationally.system]] : [],
      ),
    ).toEqual([
      ['business-permit', 'OSS'],
      ['building-permit', 'SIMBG'],
      ['event-permit', 'Kepolisian'],
      ['social-aid-check', 'Cek Bansos'],
      ['police-record', 'SKCK'],
    ]);
  });

  it.each(own.map(({ code }) => code))('asks and publishes enough of %s', (code) => {
    const { form, documents, standard } = paperOf(code);
    expect(knownOf(form).size).toBeGreaterThanOrEqual(8);
    expect(documents.length).toBeGreaterThanOrEqual(3);
    expect(documents.filter(({ when }) => when !== undefined)).not.toEqual([]);
    expect(form.allOf ?? []).not.toEqual([]);
    for (const part of standardParts) {
      expect(standard[part].id.length, part).toBeGreaterThan(5);
      expect(standard[part].en?.length, part).toBeGreaterThan(5);
    }
    expect(standard.legalBasis.id).toContain('UU 25/2009');
    expect(serviceOf(code).refusals).not.toEqual([]);
  });

  it('promises birth and death certificates free of charge within 24 hours of a complete file', () => {
    for (const code of ['birth-certificate', 'death-certificate']) {
      expect(serviceOf(code)).toMatchObject({
        fee: { rupiah: 0 },
        promise: { amount: 24, in: 'hours' },
        product: { kind: 'siak' },
      });
    }
  });

  it('pauses business aid while the budget year closes', () => {
    const days = ['2026-12-14', '2026-12-15', '2027-01-10', '2027-01-11'];
    expect(days.map((day) => stateOn(serviceOf('business-aid'), day))).toEqual([
      'open',
      'paused',
      'paused',
      'open',
    ]);
  });

  it('gives a domicile statement to the lurah of the area', () => {
    const kelurahan = city.areas.filter((area) => area.kind === 'kelurahan');
    const units = kelurahan.map(
      (area) => unitForService(city.units, serviceOf('domicile-statement'), area.code, today)?.area,
    );
    expect(units).toEqual(kelurahan.map((area) => area.code));
  });

  it('checks the file of a burial within hours, of anything else within a day', () => {
    const amountOf = (category: string): string => {
      const subject = { kind: 'application', category, oversight: false };
      const rule = city.clocks.find((one) => one.clock === 'completeness' && ruleFits(one, subject));
      return `${rule?.amount} ${rule?.in}`;
    };
    expect(amountOf('cemetery-plot')).toBe('2 workingHours');
    expect(amountOf('birth-certificate')).toBe('1 workingDays');
  });
});

describe.each(packs)('the apps of %s', (pack) => {
  it('belong to units, each address once, and are not looked at before somebody confirmed the address', () => {
    const { apps, units } = loadPack(dirOf(pack));
    expect(apps.filter(({ owner }) => !units.some(({ id }) => id === owner))).toEqual([]);
    expect(new Set(apps.map(({ url }) => url)).size).toBe(apps.length);
    expect(apps.filter(({ about, check }) => check && about.id.includes('belum diperiksa'))).toEqual([]);
  });
});

describe('what the law wants for each case', () => {
  it.each<[service: string, answers: Answers, documents: readonly string[]]>([
    [
      'birth-certificate',
      { foundling: false, hasBirthStatement: true, marriage: 'recorded' },
      ['birth-statement', 'marriage-proof', 'family-card', 'applicant-id'],
    ],
    [
      'birth-certificate',
      { foundling: false, hasBirthStatement: false, marriage: 'unrecorded' },
      ['sptjm-birth', 'sptjm-marriage', 'family-card', 'applicant-id'],
    ],
    [
      'birth-certificate',
      { foundling: false, hasBirthStatement: true, marriage: 'motherOnly' },
      ['birth-statement', 'family-card', 'applicant-id'],
    ],
    ['birth-certificate', { foundling: true }, ['police-report', 'applicant-id']],
    [
      'death-certificate',
      { deceasedKnown: 'identified', maritalStatus: 'married' },
      ['death-statement', 'family-card', 'deceased-id', 'spouse-id', 'applicant-id'],
    ],
    [
      'death-certificate',
      { deceasedKnown: 'identified', maritalStatus: 'single' },
      ['death-statement', 'family-card', 'deceased-id', 'applicant-id'],
    ],
    ['death-certificate', { deceasedKnown: 'unidentified' }, ['police-statement', 'applicant-id']],
    [
      'death-certificate',
      { deceasedKnown: 'missing', lostIn: 'other', maritalStatus: 'single' },
      ['court-ruling', 'applicant-id'],
    ],
    [
      'death-certificate',
      { deceasedKnown: 'missing', lostIn: 'aircraft', maritalStatus: 'married' },
      ['airline-letter', 'spouse-id', 'applicant-id'],
    ],
    ['id-card-replacement', { reason: 'lost' }, ['family-card', 'police-report']],
    ['id-card-replacement', { reason: 'damaged' }, ['family-card', 'damaged-card']],
    ['id-card-replacement', { reason: 'changed' }, ['family-card', 'change-proof', 'old-card']],
    ['moving-certificate', { wholeFamily: true }, ['family-card', 'applicant-id']],
    [
      'moving-certificate',
      { wholeFamily: false, onlyMinorsStay: true },
      ['family-card', 'applicant-id', 'guardian-letter'],
    ],
    [
      'domicile-statement',
      { registeredHere: true, livingAs: 'owner' },
      ['applicant-id', 'family-card', 'rt-letter'],
    ],
    [
      'domicile-statement',
      { registeredHere: false, livingAs: 'boarder' },
      ['applicant-id', 'origin-proof', 'rt-letter', 'landlord-letter'],
    ],
    [
      'practice-permit',
      { kind: 'first', longGap: true, place: 'facility' },
      ['str', 'applicant-id', 'photo', 'facility-letter', 'competence'],
    ],
    [
      'practice-permit',
      { kind: 'renewal', place: 'own' },
      ['str', 'applicant-id', 'photo', 'own-place', 'room-photos', 'old-permit', 'credits'],
    ],
    [
      'research-statement',
      { institution: 'company', vulnerable: true, nationality: 'indonesian' },
      ['proposal', 'applicant-id', 'obey-statement', 'valid-statement', 'letter', 'registration', 'ethics'],
    ],
    [
      'research-statement',
      { institution: 'none', vulnerable: false, nationality: 'foreign' },
      ['proposal', 'applicant-id', 'obey-statement', 'valid-statement', 'foreign-permit'],
    ],
    [
      'cemetery-plot',
      { plot: 'stacked', residentHere: false, fromOutside: true },
      ['death-statement', 'applicant-id', 'grave-letter', 'heirs-consent', 'transport'],
    ],
    [
      'business-aid',
      { ownership: 'group', aidKind: 'training', receivedBefore: true },
      ['applicant-id', 'family-card', 'nib', 'business-photos', 'earlier-report', 'deed', 'mandate'],
    ],
    [
      'business-aid',
      { ownership: 'own', aidKind: 'equipment', receivedBefore: false },
      ['applicant-id', 'family-card', 'nib', 'business-photos', 'cost-plan'],
    ],
  ])('%s %o', (code, answers, documents) => {
    const needed = neededDocuments(paperOf(code).documents, answers, today);
    expect(needed.map(({ id }) => id)).toEqual(documents);
  });

  it.each([
    ['birth-certificate', 'childBirthDate', '2026-09-23', '2026-09-22'],
    ['death-certificate', 'deathDate', '2026-10-23', '2026-10-22'],
  ])('%s asks why it is late only past its limit of days', (code, field, inTime, late) => {
    const asksWhy = (day: string): boolean =>
      askedOf(paperOf(code).form, { [field]: day }, today).required.has('lateReason');
    expect([asksWhy(inTime), asksWhy(late)]).toEqual([false, true]);
  });

  it('an identity card before 17 goes to who is or was married', () => {
    const asks = (birthDate: string): boolean =>
      askedOf(paperOf('id-card-replacement').form, { birthDate }, today).required.has('marriedUnderAge');
    expect(['2009-11-22', '2009-11-23'].map(asks)).toEqual([false, true]);
  });
});
