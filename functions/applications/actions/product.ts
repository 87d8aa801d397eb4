import * as z from 'zod/mini';
import { unitStaff } from '../../cases/common/desk.ts';
import type { ActionSpec, Right } from '../../cases/workflow.ts';

const inCharge: Right = { roles: unitStaff, where: 'inCharge' };
/** A document that people rely on is taken back by whoever answers for the unit. */
const heads: Right = { roles: ['head', 'areaHead'], where: 'inCharge' };

const number = z.string().check(z.minLength(3), z.maxLength(64));

/**
 * What happens to the product of an application. Taken by the operations of functions/products alone, which judge and keep
 * the document itself; the case tells its applicant.
 */
export const product: Readonly<Record<string, ActionSpec>> = {
  issue: {
    apart: true,
    at: 'products',
    names: { id: 'Terbitkan produk', en: 'Issue the product' },
    by: [inCharge],
    from: ['awaitingSignature'],
    to: ['issued'],
    input: z.strictObject({ product: number }),
    event: 'issued',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    decide: ({ input }) => {
      const issued = String(input['product']);
      return { to: 'issued', outcome: 'issued', facts: { product: issued }, data: { product: issued } };
    },
  },
  reissueProduct: {
    apart: true,
    names: { id: 'Terbitkan pengganti', en: 'Issue a successor' },
    by: [heads],
    from: ['issued'],
    input: z.strictObject({ product: number, replaced: number }),
    event: 'productReissued',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    decide: ({ input }) => {
      const [issued, replaced] = [String(input['product']), String(input['replaced'])];
      return { facts: { product: issued, replaced }, data: { product: issued } };
    },
  },
  revokeProduct: {
    apart: true,
    names: { id: 'Cabut produk', en: 'Revoke the product' },
    by: [heads],
    from: ['issued'],
    input: z.strictObject({ product: number }),
    event: 'productRevoked',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    decide: ({ input }) => ({ facts: { revoked: String(input['product']) } }),
  },
  handOverProduct: {
    apart: true,
    names: { id: 'Catat penyerahan', en: 'Record the hand-over' },
    by: [inCharge],
    from: ['issued'],
    input: z.strictObject({ product: number, to: z.enum(['applicant', 'representative', 'post']) }),
    event: 'productHandedOver',
    audience: 'code',
    tells: [],
    clocks: [],
    decide: ({ input }) => ({ facts: { handedOver: String(input['product']), to: String(input['to']) } }),
  },
};
