import type { Form, Rule } from '../shared/model.ts';

const both = (id: string, en: string) => ({ id, en });

/** A form with every kind of field, for tests: an application for a birth certificate. */
const late: Rule = {
  if: { properties: { born: { 'x-date': { notAfter: { days: -61 } } } }, required: ['born'] },
  then: {
    properties: {
      lateReason: {
        'x-title': both('Alasan terlambat', 'Why it is late'),
        type: 'string',
        maxLength: 300,
        minLength: 10,
        'x-lines': true,
      },
    },
    required: ['lateReason'],
  },
};
const married: Rule = {
  if: { properties: { parents: { const: 'married' } }, required: ['parents'] },
  then: {
    properties: {
      marriageNumber: {
        'x-title': both('Nomor akta nikah', 'Number of the marriage certificate'),
        type: 'string',
        maxLength: 20,
        pattern: '^[A-Z]{2}-\\d{4}(/\\d{1,3})?$',
      },
      wedding: { 'x-title': both('Tanggal nikah', 'Wedding'), type: 'string', format: 'date' },
    },
    required: ['marriageNumber'],
  },
  else: {
    properties: {
      statement: {
        'x-title': both('Kami menyatakan kebenaran data', 'We state that this is true'),
        type: 'boolean',
        const: true,
      },
    },
    required: ['statement'],
  },
};

export const birth: Form = {
  type: 'object',
  unevaluatedProperties: false,
  properties: {
    nik: {
      'x-title': both('NIK pemohon', 'NIK'),
      'x-meaning': 'applicant.nik',
      type: 'string',
      format: 'nik',
    },
    kk: {
      'x-title': both('Nomor KK', 'Family card'),
      'x-meaning': 'applicant.kk',
      type: 'string',
      format: 'kk',
    },
    phone: {
      'x-title': both('HP', 'Phone'),
      'x-meaning': 'applicant.phone',
      type: 'string',
      format: 'phone',
    },
    email: {
      'x-title': both('Email', 'Email'),
      'x-meaning': 'applicant.email',
      type: 'string',
      format: 'email',
    },
    area: {
      'x-title': both('Kelurahan', 'Kelurahan'),
      'x-meaning': 'applicant.area',
      type: 'string',
      format: 'area',
      'x-level': 'kelurahan',
    },
    childName: {
      'x-title': both('Nama anak', 'Name of the child'),
      type: 'string',
      minLength: 2,
      maxLength: 60,
    },
    born: {
      'x-title': both('Tanggal lahir', 'Date of birth'),
      type: 'string',
      format: 'date',
      'x-date': { notAfter: 'today', maxAge: 17 },
    },
    reported: {
      'x-title': both('Tanggal lapor', 'Reported on'),
      type: 'string',
      format: 'date',
      'x-date': { notBefore: { field: 'born' }, notAfter: 'today' },
    },
    parents: {
      'x-title': both('Status orang tua', 'Parents'),
      type: 'string',
      oneOf: [
        { const: 'married', 'x-title': both('Menikah', 'Married') },
        { const: 'unmarried', 'x-title': both('Tidak menikah', 'Unmarried') },
        { const: 'unknown', 'x-title': both('Tidak diketahui', 'Unknown') },
      ],
    },
    helpers: {
      'x-title': both('Penolong kelahiran', 'Who helped'),
      type: 'array',
      uniqueItems: true,
      minItems: 1,
      items: {
        type: 'string',
        oneOf: [
          { const: 'doctor', 'x-title': both('Dokter', 'Doctor') },
          { const: 'midwife', 'x-title': both('Bidan', 'Midwife') },
          { const: 'other', 'x-title': both('Lainnya', 'Other') },
        ],
      },
    },
    weight: { 'x-title': both('Berat (kg)', 'Weight (kg)'), type: 'number', minimum: 0.2, maximum: 9 },
    order: { 'x-title': both('Kelahiran ke', 'Which birth'), type: 'integer', minimum: 1, maximum: 20 },
    cost: {
      'x-title': both('Biaya bersalin', 'Cost of birth'),
      type: 'integer',
      format: 'rupiah',
      maximum: 90_000_000,
    },
    twin: { 'x-title': both('Kembar', 'Twin'), type: 'boolean' },
    letter: {
      'x-title': both('Surat lahir', 'Statement of birth'),
      type: 'string',
      format: 'file',
      'x-accepts': ['pdf', 'image'],
    },
    mother: {
      'x-title': both('Ibu', 'Mother'),
      type: 'object',
      unevaluatedProperties: false,
      properties: {
        name: { 'x-title': both('Nama', 'Name'), 'x-meaning': 'mother.name', type: 'string', maxLength: 60 },
        foreign: { 'x-title': both('Warga asing', 'Foreigner'), type: 'boolean' },
      },
      required: ['name', 'foreign'],
      allOf: [
        {
          if: { properties: { foreign: { const: false } }, required: ['foreign'] },
          then: {
            properties: { nik: { 'x-title': both('NIK ibu', 'NIK'), type: 'string', format: 'nik' } },
            required: ['nik'],
          },
        },
      ],
    },
    witnesses: {
      'x-title': both('Saksi', 'Witnesses'),
      type: 'array',
      minItems: 2,
      maxItems: 4,
      items: {
        'x-title': both('Saksi', 'Witness'),
        type: 'object',
        unevaluatedProperties: false,
        properties: {
          name: { 'x-title': both('Nama', 'Name'), type: 'string', maxLength: 60 },
          nik: { 'x-title': both('NIK', 'NIK'), type: 'string', format: 'nik' },
        },
        required: ['name', 'nik'],
      },
    },
    true: {
      'x-title': both('Data ini benar', 'This is true'),
      type: 'boolean',
      const: true,
    },
  },
  required: ['nik', 'area', 'childName', 'born', 'parents', 'mother', 'witnesses', 'true'],
  dependentRequired: { email: ['phone'] },
  allOf: [late, married],
};
