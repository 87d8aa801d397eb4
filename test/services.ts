import type { App } from '../functions/city/apps.ts';
import type { Service } from '../functions/city/services.ts';
import type { Standard } from '../functions/city/standards.ts';
import { standardParts } from '../functions/city/standards.ts';
import type { Form } from '../functions/forms/shared/model.ts';

/** A service with its standard and form, and an app, for tests: of the units of the small city. */
const both = (text: string) => ({ id: text, en: text });

export const serviceOf = (code: string, change: Partial<Service> = {}): Service => ({
  code,
  name: both(`Layanan ${code}`),
  summary: both('Contoh layanan.'),
  unit: 'dukcapil',
  pillar: 'governance',
  applicants: ['person'],
  onBehalf: true,
  issued: { here: true },
  fee: { rupiah: 0, note: both('Gratis.') },
  promise: {
    amount: 3,
    in: 'workingDays',
    legal: { reference: 'contoh', validFrom: '2026-01-01', certainty: 'practice' },
  },
  status: { state: 'open' },
  product: { kind: 'signed', name: both('Surat keterangan') },
  steps: [{ id: 'verify', name: both('Cocokkan data') }],
  refusals: [{ id: 'untrue', name: both('Data tidak benar.'), legal: 'contoh' }],
  objectTo: both('Ajukan keberatan.'),
  ...change,
});

/** Issued by a national system: a counted link. */
export const nationalService = (code: string, change: Partial<Service> = {}): Service =>
  serviceOf(code, {
    issued: { nationally: { system: 'OSS', url: 'https://oss.go.id/', owner: 'Kementerian' } },
    product: { kind: 'none', name: both('Izin') },
    steps: [],
    refusals: [],
    ...change,
  });

export const formOf = (properties: Form['properties'] = {}): Form => ({
  type: 'object',
  unevaluatedProperties: false,
  properties: {
    nik: { 'x-title': both('NIK'), 'x-meaning': 'applicant.nik', type: 'string', format: 'nik' },
    married: { 'x-title': both('Menikah'), type: 'boolean' },
    ...properties,
  },
  required: ['nik', 'married'],
});

const parts = Object.fromEntries(standardParts.map((part) => [part, both(`Bagian ${part}.`)]));

export const standardOf = (service: string, change: Partial<Standard> = {}): Standard => ({
  service,
  form: formOf(),
  documents: [
    { id: 'kk', name: both('Kartu keluarga'), accepts: ['image', 'pdf'] },
    {
      id: 'marriage',
      name: both('Buku nikah'),
      when: { properties: { married: { const: true } }, required: ['married'] },
      accepts: ['pdf'],
    },
  ],
  standard: parts as Standard['standard'],
  ...change,
});

export const appOf = (id: string, change: Partial<App> = {}): App => ({
  id,
  name: both(`Aplikasi ${id}`),
  url: `https://${id}.contoh.go.id/`,
  owner: 'kominfo',
  about: both('Contoh aplikasi.'),
  check: true,
  ...change,
});
