import * as z from 'zod/mini';
import { anyone, contract } from '../kernel/contract.ts';

const names = z.object({ id: z.string(), en: z.string() });

export const about = contract({
  feature: 'about',
  operations: {
    aboutCity: {
      method: 'GET',
      path: '/v1/city',
      who: anyone,
      summary: {
        id: 'Kota ini: nama, nomor darurat, kategori, wilayah, unit',
        en: 'This city: names, emergency numbers, categories, areas, units',
      },
      status: 200,
      response: z.object({
        code: z.string(),
        names,
        app: z.string(),
        zone: z.string(),
        languages: z.array(z.string()),
        /** WGS 84, degrees. */
        bounds: z.object({ south: z.number(), west: z.number(), north: z.number(), east: z.number() }),
        emergency: z.object({
          message: names,
          numbers: z.array(z.object({ name: z.string(), number: z.string() })),
        }),
        groups: z.array(
          z.object({
            id: z.string(),
            names,
            categories: z.array(
              z.object({
                id: z.string(),
                names,
                /** What a report of this category is from the start. */
                confidential: z.boolean(),
                oversight: z.boolean(),
              }),
            ),
          }),
        ),
        areas: z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            kind: z.string(),
            aliases: z.array(z.string()),
            centre: z.nullable(z.object({ lat: z.number(), lon: z.number() })),
          }),
        ),
        /** Units that are valid today. */
        units: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            short: z.string(),
            kind: z.string(),
            parent: z.nullable(z.string()),
          }),
        ),
        /** Whom a report can be about so that somebody else handles it. */
        about: z.array(z.object({ id: z.string(), names })),
      }),
      errors: ['notSetUp'],
    },
  },
});
