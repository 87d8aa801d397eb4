import { describe, expect, it } from 'vitest';
import { appOf, formOf, nationalService, serviceOf, standardOf } from '../../../test/services.ts';
import { smallBodies } from '../../../test/small-city.ts';
import type { Field, Form } from '../../forms/shared/model.ts';
import { check } from '../check.ts';
import { describe as say } from '../problem.ts';
import { type SettingBodies, settingKinds } from '../schema.ts';
import { type Service, serviceRules, stateOn } from '../services.ts';
import type { Standard } from '../standards.ts';

const reason = { id: 'Anggaran habis.', en: 'No budget.' };
const both = (text: string) => ({ id: text, en: text });

/** What the checks say of the small city with these. */
const problems = (bodies: SettingBodies): string[] => check({ ...smallBodies(), ...bodies }).map(say);
const ofService = (change: Partial<Service>) =>
  problems({
    services: { services: [serviceOf('akta', change)] },
    standards: { standards: [standardOf('akta')] },
  });
const ofStandard = (change: Partial<Standard>, service: Partial<Service> = {}) =>
  problems({
    services: { services: [serviceOf('akta', service)] },
    standards: { standards: [standardOf('akta', change)] },
  });

describe('a catalogue that holds together', () => {
  it('is taken as it is', () => {
    const bodies = {
      services: { services: [serviceOf('akta'), nationalService('oss')] },
      standards: { standards: [standardOf('akta'), standardOf('oss', { form: undefined, documents: [] })] },
      apps: { apps: [appOf('webmail')] },
    };
    expect(settingKinds.services.parse(bodies.services)).toEqual(bodies.services);
    expect(settingKinds.apps.parse(bodies.apps)).toEqual(bodies.apps);
    expect(problems(bodies)).toEqual([]);
  });

  it('has standards that wait for their service, since one of the two settings goes live first', () => {
    expect(problems({ standards: { standards: [standardOf('akta')] } })).toEqual([]);
  });
});

describe('a service is refused', () => {
  it.each<[string, Partial<Service>, string]>([
    ['of a unit that there is not', { unit: 'x' }, 'services[0].unit: unknown unit "x"'],
    [
      'with the code of a category',
      { code: 'ktp' },
      'services[0].code: "ktp" is also a category of complaints',
    ],
    [
      'without a standard',
      { code: 'lain' },
      'services[0].code: "lain" has no standard: make one live in standards first',
    ],
    [
      'with a step of nobody',
      { steps: [{ id: 'a', name: both('A'), unit: 'x' }] },
      'services[0].steps[0].unit: unknown unit "x"',
    ],
    ['with no step', { steps: [] }, 'services[0].steps: an application here has a step of processing'],
    [
      'with a ground twice',
      {
        refusals: [
          { id: 'a', name: both('A'), legal: 'x' },
          { id: 'a', name: both('B'), legal: 'x' },
        ],
      },
      'services[0].refusals[1].id: refusal "a" stands twice',
    ],
    [
      'that no ground could refuse',
      { refusals: [] },
      'services[0].refusals: an application here may be refused on named grounds only: none is named',
    ],
    [
      'that is paused without a reason',
      { status: { state: 'paused' } },
      'services[0].status.reason: a paused service says why',
    ],
    [
      'that is paused until before it is',
      { status: { state: 'paused', reason, from: '2026-12-02', until: '2026-12-01' } },
      'services[0].status.until: is before from (2026-12-02)',
    ],
    [
      'that is open for a reason',
      { status: { state: 'open', reason } },
      'services[0].status: an open service has no reason and no dates',
    ],
    [
      'that is closed for a while',
      { status: { state: 'closed', reason, until: '2026-12-01' } },
      'services[0].status.until: a closed service stays so: one that opens again is paused',
    ],
    [
      'with the same applicants twice',
      { applicants: ['person', 'person'] },
      'services[0].applicants[1]: applicant "person" stands twice',
    ],
    [
      'whose promise ended before it began',
      {
        promise: {
          amount: 1,
          in: 'hours',
          legal: { reference: 'x', validFrom: '2026-01-02', validTo: '2026-01-01', certainty: 'practice' },
        },
      },
      'services[0].promise.legal.validTo: is before promise.legal.validFrom',
    ],
    [
      'issued nationally, and signed here',
      { issued: { nationally: { system: 'X', url: 'https://x.go.id', owner: 'X' } } },
      'services[0].product.kind: what is issued nationally is no product of the city',
    ],
  ])('%s', (_, change, expected) => {
    expect(ofService(change)).toContain(`services.json ${expected}`);
  });

  it.each([
    'http://contoh.go.id/',
    'https://contoh.go.id:8443/',
    'https://admin@contoh.go.id/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://[::1]/',
    'https://contoh.go.id/#a',
    'javascript:alert(1)',
  ])('with the link %s', (url) => {
    expect(settingKinds.apps.safeParse({ apps: [appOf('a', { url })] }).success).toBe(false);
  });

  it('twice, and where a rule of the pack takes the name of its promise', () => {
    const clocks = smallBodies().clocks;
    const own = clocks.rules.map((rule, i) => (i === 0 ? { ...rule, id: 'service-akta' } : rule));
    const said = problems({
      services: { services: [serviceOf('akta'), serviceOf('akta')] },
      standards: { standards: [standardOf('akta')] },
      clocks: { rules: own },
    });
    expect(said).toContain('services.json services[1].code: service "akta" stands twice');
    expect(said).toContain(
      'clocks.json rules[0].id: ids that begin with "service-" belong to promises of services',
    );
  });
});

describe('a standard is refused', () => {
  const pattern = (text: string): Field => ({
    'x-title': both('x'),
    type: 'string',
    maxLength: 9,
    pattern: text,
  });
  const document = (when: unknown) => [
    { id: 'a', name: both('A'), accepts: ['pdf' as const], when: when as never },
  ];

  it.each<[string, Partial<Standard>, string]>([
    [
      'with a hostile pattern',
      { form: formOf({ a: pattern('^(a+)+$') }) },
      'standards[0].form.properties.a.pattern: is a pattern that could make a matcher hang, or that looks around or back',
    ],
    [
      'with a form that is none',
      { form: { type: 'x' } as unknown as Form },
      'standards[0].form: is no JSON Schema of an object',
    ],
    ['without a form', { form: undefined }, 'standards[0].form: is missing: applications are taken here'],
    [
      'with a document that hangs on what is not asked',
      { documents: document({ properties: { x: { const: true } }, required: ['x'] }) },
      'standards[0].documents[0].when.properties.x: names a field that is not asked there',
    ],
    [
      'with a document that hangs on what no answer is',
      { documents: document({ properties: { married: { const: 'yes' } }, required: ['married'] }) },
      'standards[0].documents[0].when.properties.married: tests what no answer of that field can be ("yesNo")',
    ],
    [
      'with a document that hangs on an expression',
      { documents: document({ if: 'married' }) },
      'standards[0].documents[0].when: is no condition: properties with tests, allOf, anyOf or not',
    ],
    [
      'with a document called as what every service may ask for',
      { documents: document(undefined).map((one) => ({ ...one, id: 'surat-kuasa' })) },
      'standards[0].documents[0].id: "surat-kuasa" is what whoever applies for somebody else shows',
    ],
    [
      'with a document twice',
      { documents: [...document(undefined), ...document(undefined)] },
      'standards[0].documents[1].id: document "a" stands twice',
    ],
    [
      'without English where the city serves it',
      { standard: { ...standardOf('a').standard, fee: { id: 'Gratis' } } },
      'standards[0].standard.fee.en: is missing: the city serves English',
    ],
  ])('%s', (_, change, expected) => {
    expect(ofStandard(change)).toContain(`standards.json ${expected}`);
  });

  it('where the areas take applications and the form asks for none', () => {
    const governs = { governs: 'kelurahan' as const };
    expect(ofStandard({}, governs)).toEqual([
      'standards.json standards[0].form: asks for no area, which decides the kelurahan that takes it',
    ]);
    const area: Field = { 'x-title': both('Kelurahan'), type: 'string', format: 'area' };
    expect(ofStandard({ form: formOf({ area }) }, governs)).toEqual([]);
  });

  it('where two forms ask for one meaning in two ways', () => {
    const text: Field = { 'x-title': both('x'), 'x-meaning': 'applicant.nik', type: 'string', maxLength: 16 };
    const other: Form = {
      ...formOf(),
      properties: { text, married: { 'x-title': both('x'), type: 'boolean' } },
      required: [],
    };
    const said = problems({ standards: { standards: [standardOf('a'), standardOf('b', { form: other })] } });
    expect(said).toEqual([
      'standards.json standards[1].form: "applicant.nik" is a text here and a nik in another form: it cannot be used again',
    ]);
  });
});

it('an app has a unit that answers for it', () => {
  const said = problems({ apps: { apps: [appOf('a'), appOf('a', { owner: 'x' })] } });
  expect(said).toEqual([
    'apps.json apps[1].id: app "a" stands twice',
    'apps.json apps[1].owner: unknown unit "x"',
  ]);
});

describe('a service', () => {
  const paused = serviceOf('akta', {
    status: { state: 'paused', reason, from: '2026-12-15', until: '2027-01-10' },
  });

  it.each([
    ['2026-12-14', 'open'],
    ['2026-12-15', 'paused'],
    ['2027-01-10', 'paused'],
    ['2027-01-11', 'open'],
  ])('paused for a while is on %s %s', (today, state) => {
    expect(stateOn(paused, today)).toBe(state);
  });

  it('promises by a clock rule of its own', () => {
    expect(serviceRules([serviceOf('akta')])).toMatchObject([
      {
        id: 'service-akta',
        clock: 'promise',
        when: { kinds: ['application'], categories: ['akta'] },
        amount: 3,
        in: 'workingDays',
      },
    ]);
  });
});
