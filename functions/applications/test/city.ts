import { testCity } from '../../../test/city.ts';
import type { City } from '../../city/schema.ts';
import { type Service, serviceRules } from '../../city/services.ts';
import type { Standard } from '../../city/standards.ts';
import type { Form } from '../../forms/shared/model.ts';

const legal = { reference: 'test', validFrom: '2020-01-01', certainty: 'practice' } as const;
const both = (text: string) => ({ id: text, en: text });

/** Steps at home, elsewhere and at home again; validated by others; issued by the ministry. */
export const certificate: Service = {
  code: 'akta',
  name: { id: 'Akta Uji', en: 'Test Certificate' },
  summary: both('Akta.'),
  unit: 'perkim',
  pillar: 'governance',
  applicants: ['person', 'organisation'],
  onBehalf: true,
  issued: { here: true },
  fee: { rupiah: 0, note: both('Gratis.') },
  promise: { amount: 3, in: 'workingDays', legal },
  status: { state: 'open' },
  product: { kind: 'siak', name: both('Akta') },
  steps: [
    { id: 'verify', name: both('Verifikasi') },
    { id: 'visit', name: both('Tinjau'), unit: 'pupr' },
    { id: 'print', name: both('Cetak') },
  ],
  validatedBy: 'pemerintahan',
  refusals: [{ id: 'no-proof', name: both('Tanpa bukti'), legal: 'Pasal 1' }],
  objectTo: both('Kepada kepala dinas.'),
};

/** Without steps, validation and product: complete is done. */
export const plain: Service = {
  ...certificate,
  code: 'catatan',
  name: { id: 'Catatan Uji', en: 'Test Note' },
  applicants: ['person'],
  onBehalf: false,
  product: { kind: 'none', name: both('-') },
  steps: [],
};
const { validatedBy: _, ...unvalidated } = plain;
/** Given by each kelurahan's own unit, validated by the head of the own house. */
export const letter: Service = {
  ...certificate,
  code: 'surat',
  name: { id: 'Surat Uji', en: 'Test Letter' },
  governs: 'kelurahan',
  steps: [{ id: 'draft', name: both('Konsep') }],
  validatedBy: 'perkim',
  product: { kind: 'signed', name: both('Surat') },
};
export const elsewhere: Service = {
  ...certificate,
  code: 'oss',
  issued: { nationally: { system: 'OSS', url: 'https://oss.go.id/', owner: 'Kementerian' } },
};
export const paused: Service = {
  ...certificate,
  code: 'jeda',
  status: { state: 'paused', reason: both('Blangko habis.'), from: '2026-11-01', until: '2026-12-31' },
};

const title = (text: string) => ({ 'x-title': both(text) });
export const form: Form = {
  type: 'object',
  unevaluatedProperties: false,
  required: ['name', 'nik', 'married', 'sure'],
  properties: {
    name: { type: 'string', maxLength: 60, ...title('Nama'), 'x-meaning': 'applicant.name' },
    nik: { type: 'string', format: 'nik', ...title('NIK'), 'x-meaning': 'applicant.nik' },
    phone: { type: 'string', format: 'phone', ...title('HP'), 'x-meaning': 'applicant.phone' },
    area: { type: 'string', format: 'area', ...title('Kelurahan'), 'x-meaning': 'applicant.area' },
    photo: { type: 'string', format: 'file', 'x-accepts': ['image'], ...title('Foto') },
    married: { type: 'boolean', ...title('Menikah') },
    children: {
      type: 'array',
      maxItems: 3,
      ...title('Anak'),
      items: {
        type: 'object',
        unevaluatedProperties: false,
        properties: { name: { type: 'string', maxLength: 60, ...title('Nama anak') } },
        required: ['name'],
        ...title('Anak'),
      },
    },
    sure: { type: 'boolean', const: true, ...title('Benar') },
  },
  allOf: [
    {
      if: { properties: { married: { const: true } }, required: ['married'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        properties: { spouse: { type: 'string', maxLength: 60, ...title('Pasangan') } },
        required: ['spouse'],
      },
    },
  ],
};

const standardOf = (service: string, changed: Form = form): Standard => ({
  service,
  form: changed,
  documents: [
    { id: 'kk', name: both('Kartu keluarga'), accepts: ['image', 'pdf'] },
    {
      id: 'buku-nikah',
      name: both('Buku nikah'),
      accepts: ['image'],
      when: { properties: { married: { const: true } }, required: ['married'] },
    },
  ],
  standard: Object.fromEntries(
    ['legalBasis', 'requirements', 'procedure', 'time', 'fee', 'product', 'competence', 'supervision']
      .concat(['complaints', 'staff', 'guarantees', 'evaluation'])
      .map((part) => [part, both(part)]),
  ) as Standard['standard'],
});

export const services = [certificate, unvalidated as Service, letter, elsewhere, paused];
export const standardsWith = (changed?: Form): Standard[] =>
  ['akta', 'catatan', 'surat', 'jeda'].map((code) => standardOf(code, changed));

/** The test city with services, and limits for the steps that applications alone have. */
export const serviceCity = (changed?: { readonly form: Form; readonly standards: number }): City => {
  const city = testCity();
  const rule = { when: { kinds: ['application'] }, calendar: 'city' as const, legal };
  return {
    ...city,
    versions: { ...city.versions, services: 1, standards: changed?.standards ?? 1 },
    clocks: [
      ...serviceRules(services),
      { ...rule, id: 'completeness', clock: 'completeness', amount: 2, in: 'workingDays', pausable: true },
      { ...rule, id: 'contest', clock: 'contest', amount: 21, in: 'workingDays', pausable: false },
      ...city.clocks,
    ],
    ladder: [{ id: 'data-soon', clocks: ['data'], days: -7, tells: 'reporter' }],
    services,
    standards: standardsWith(changed?.form),
  };
};
