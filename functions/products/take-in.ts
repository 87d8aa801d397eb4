import { plainId, uploader, uploadOf } from '../attachments/file-id.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { City } from '../city/schema.ts';
import type { Service } from '../city/services.ts';
import type { Issued } from '../issued/model.ts';
import { digestOf } from '../issued/paper.ts';
import type { Input } from '../kernel/contract.ts';
import { type ErrorCode, problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import { judgePdf } from '../pdf/judge.ts';
import type { products } from './contract.ts';
import type { Objects } from './objects.ts';
import { signatureOf } from './pdf-signature.ts';
import { evidenceOf, isMinistryLink, mayComeBy, signatureRefusal } from './rules.ts';
import type { Signer } from './signer.ts';

export type Document = Input<(typeof products)['operations']['issueProduct']>['body']['document'];

/** What a record keeps of a document that came in. */
export type TakenIn = Pick<Issued, 'kind' | 'way' | 'digest' | 'bytes' | 'link' | 'evidence'>;

export interface TakeInDeps {
  readonly objects: Objects;
  /** Undefined where the city has not connected BSrE. */
  readonly signer: Signer | undefined;
}

export interface From {
  readonly city: City;
  readonly service: Service;
  readonly code: string;
  readonly actor: StaffActor;
  readonly keys: Keys;
  readonly now: Instant;
}

/**
 * Names that do no harm without a script, which is looked for by its own: office programs write the first into every
 * document, two letters stand in packed pictures by chance, and a signed file cannot be printed anew to lose them.
 */
const passed = new Set(['OpenAction', 'AA', 'JS', '3D']);

/** What tells a retry from another command: never who signs, nor with what. */
export const withoutSecrets = (document: Document): unknown =>
  document.how === 'bsre' ? { how: document.how, file: document.file } : document;

/**
 * Takes a document in: where it may come from, whether it is what it claims, its digest; and keeps its file, byte by byte.
 * Done again it changes nothing.
 * @throws Problem wrongProductWay, foreignLink, unknownFile, uploadMissing, notPdf, notSigned, signatureCoversPart,
 * signatureBroken, signerOff, signerRefused, signerDown
 */
export const takeIn = async (deps: TakeInDeps, document: Document, from: From): Promise<TakenIn> => {
  const { city, service, code, actor, keys, now } = from;
  const wrong = (refusal: ErrorCode, field: 'how' | 'url' | 'file') =>
    problem(refusal, { fields: [{ field: `/document/${field}`, problem: refusal }] });
  if (!mayComeBy(service, document.how)) throw wrong('wrongProductWay', 'how');
  const kind = service.product.kind === 'siak' ? 'siak' : 'signed';
  if (document.how === 'siakLink') {
    if (!isMinistryLink(document.url, city)) throw wrong('foreignLink', 'url');
    // As it was judged: other programs read blanks and backslashes in an address otherwise.
    return { kind, way: document.how, link: new URL(document.url).href };
  }
  if (document.how === 'bsre' && deps.signer === undefined) throw problem('signerOff');
  const mine = [uploader.staff(actor.id, code), uploader.staff(actor.id)];
  if (uploadOf(keys, document.file, mine, toSeconds(now)) === undefined) throw wrong('unknownFile', 'file');
  const uploaded = await deps.objects.upload(plainId(document.file), now);
  if (judgePdf(Buffer.from(uploaded), passed) !== 'plain') throw wrong('notPdf', 'file');
  const file =
    document.how === 'bsre' && deps.signer !== undefined
      ? await deps.signer.sign(uploaded, document)
      : uploaded;
  const signature = signatureOf(file);
  const refusal = signatureRefusal(signature, document.how);
  if (refusal !== undefined) throw wrong(refusal, 'file');
  const digest = digestOf(file);
  await deps.objects.keep(digest, file, now);
  return { kind, way: document.how, digest, bytes: file.length, evidence: evidenceOf(signature) };
};
