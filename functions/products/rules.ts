import type { City } from '../city/schema.ts';
import type { Service } from '../city/services.ts';
import { type Happening, type Issued, noted, type Way } from '../issued/model.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { Signature } from './pdf-signature.ts';

/** How each kind of product may come (domain §4): of the ministry's registry, or under a certified signature. */
const waysOf: Readonly<Record<Service['product']['kind'], readonly Way[]>> = {
  siak: ['siakFile', 'siakLink'],
  signed: ['signedFile', 'bsre'],
  none: [],
};

export const mayComeBy = ({ product }: Pick<Service, 'product'>, way: Way): boolean =>
  waysOf[product.kind].includes(way);

/** A page of the ministry, by https, at a host that the city names or below one. */
export const isMinistryLink = (url: string, { documents }: Pick<City, 'documents'>): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password, port } = new URL(url);
  return (
    protocol === 'https:' &&
    `${username}${password}${port}` === '' &&
    documents.ministryHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))
  );
};

/**
 * Why a file is not taken for its signature; undefined when it is. A document of the ministry may carry none, since its
 * own QR code proves it; one that is there must fit.
 */
export const signatureRefusal = (signature: Signature, way: Way): ErrorCode | undefined => {
  if (signature.covers === 'whole') return signature.integrity === 'broken' ? 'signatureBroken' : undefined;
  if (signature.covers === 'part') return 'signatureCoversPart';
  return way === 'siakFile' ? undefined : 'notSigned';
};

/** What was found, for whoever looks at the record later: `whole intact`, `whole unread laterData`, `none`. */
export const evidenceOf = (signature: Signature): string =>
  signature.covers === 'whole'
    ? ['whole', signature.integrity, ...(signature.laterData ? ['laterData'] : [])].join(' ')
    : signature.covers;

const moved = (record: Issued, happened: Happening, more: Partial<Issued>): Issued => ({
  ...record,
  ...more,
  rev: record.rev + 1,
  history: [...noted(record, happened)],
});

/** Issued with its case. */
export const settled = (record: Issued, at: Instant, by: string): Issued =>
  moved(record, { at, what: 'issued', by }, { state: 'issued', issuedAt: at });

export interface Revoking {
  readonly command: string;
  readonly reason: string;
  readonly successor?: string;
  readonly by: string;
  readonly at: Instant;
}

/** Revoked, with what takes its place where there is anything. */
export const revoked = (record: Issued, { command, reason, successor, by, at }: Revoking): Issued =>
  moved(
    record,
    { at, what: 'revoked', by },
    {
      state: 'revoked',
      revokedAt: at,
      revokedBy: command,
      reason,
      ...(successor === undefined ? {} : { successor }),
    },
  );

/** To whom it was given at a counter or by post: no name, the case knows who applied. */
export const receivers = ['applicant', 'representative', 'post'] as const;
export type Receiver = (typeof receivers)[number];

export const handedOver = (record: Issued, to: Receiver, by: string, at: Instant): Issued =>
  moved(record, { at, what: 'handedOver', by, note: to }, { handedOver: { at, to } });

/** Fetched by the applicant for the first time; undefined when that is known. */
export const opened = (record: Issued, at: Instant): Issued | undefined =>
  record.history.some(({ what }) => what === 'opened')
    ? undefined
    : moved(record, { at, what: 'opened', by: 'reporter' }, {});
