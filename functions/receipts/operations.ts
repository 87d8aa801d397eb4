import type { Actor, CitizenActor, StaffActor } from '../cases/actor.ts';
import { holderOf } from '../cases/actor.ts';
import { unitOf } from '../cases/units.ts';
import { cityName, grouped, moment } from '../city/printed.ts';
import type { City } from '../city/schema.ts';
import { type Application, type ApplicationDeps, applications, type Opened } from '../issued/applications.ts';
import { draftPdf } from '../issued/draft.ts';
import type { Issued, OwnKind } from '../issued/model.ts';
import type { Mark } from '../issued/paper.ts';
import { type PrintDeps, printPaper } from '../issued/print.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { slipPdf } from '../pdf/slip.ts';
import type { receipts } from './contract.ts';

type Operations = (typeof receipts)['operations'];

export type ReceiptDeps = ApplicationDeps & PrintDeps;

const names = {
  receipt: { id: 'Tanda terima permohonan', en: 'Receipt of an application' },
  draft: { id: 'Konsep dokumen', en: 'Draft of a document' },
} as const satisfies Record<OwnKind, Issued['name']>;

const unitName = (city: City, id: string): string => unitOf(city, id)?.name ?? id;

/** States in which there is something to draft. */
const drafted: readonly string[] = ['checking', 'processing', 'validation', 'awaitingSignature'];

/**
 * What the applicant keeps. Without the PIN, which a counter says or prints apart: the digest of this paper is public,
 * and eight symbols could be tried against it.
 */
const receiptOf = (
  { city, record, service }: Application,
  publicUrl: string,
  { number, url, at }: Mark,
): Uint8Array => {
  const { zone } = city.profile;
  const track = `${publicUrl}/v1/track/${record.code}`.replace(/^https?:\/\//, '');
  return slipPdf({
    city: cityName(city),
    app: city.profile.app,
    title: 'Tanda Terima Permohonan',
    keep: [{ label: 'Kode permohonan', value: grouped(record.code) }],
    qr: { url, for: 'Periksa keaslian' },
    facts: [
      { label: 'Layanan', value: service.name.id },
      { label: 'Disampaikan', value: moment(record.filedAt, zone) },
      { label: 'Unit', value: unitName(city, service.unit) },
      { label: 'Produk layanan', value: service.product.name.id },
      { label: 'Nomor lembar', value: number },
    ],
    steps: {
      title: 'Cara mengikuti permohonan ini',
      lines: [
        `Buka ${track}`,
        'Untuk membaca jawaban dan mengambil dokumen, buka dengan kode dan PIN permohonan, atau dengan akun Anda.',
        'Waktu layanan mulai dihitung saat berkas dinyatakan lengkap.',
        'Pindai kode QR untuk memeriksa bahwa lembar ini diterbitkan pemerintah kota.',
      ],
    },
    printed: `Dicetak ${moment(at, zone)}`,
    free: service.fee.rupiah === 0,
    name: `Tanda terima ${grouped(record.code)}`,
    at,
    number,
  });
};

/** Papers that Lapau prints of an application by itself; none of them is an official document. */
export const operations = (deps: ReceiptDeps) => {
  const find = applications(deps);

  const print = (
    { record, city, service }: Application,
    actor: Actor,
    { idempotencyKey, content }: { readonly idempotencyKey: string; readonly content: unknown },
    kind: OwnKind,
    draw: (mark: Mark) => Uint8Array,
  ) =>
    printPaper(deps, {
      ...{ actor, idempotencyKey, content, kind, draw },
      name: names[kind],
      case: record.code,
      service: service.code,
      unit: record.root ?? service.unit,
      zone: city.profile.zone,
    });

  const receipt = (application: Application, actor: Actor, idempotencyKey: string) =>
    print(application, actor, { idempotencyKey, content: null }, 'receipt', (mark) =>
      receiptOf(application, deps.publicUrl, mark),
    );

  return {
    printApplicationReceipt: async (call: Call<Operations['printApplicationReceipt'], StaffActor>) =>
      receipt(await find.ofStaff(call.actor, call.input.params.code), call.actor, call.idempotencyKey),

    ownApplicationReceipt: async (call: Call<Operations['ownApplicationReceipt'], Opened>) =>
      receipt(
        await find.ofHolder(call.actor, call.input.params.code),
        holderOf(call.actor),
        call.idempotencyKey,
      ),

    myApplicationReceipt: async (call: Call<Operations['myApplicationReceipt'], CitizenActor>) =>
      receipt(await find.ofCitizen(call.actor, call.input.params.code), call.actor, call.idempotencyKey),

    printDraft: async (call: Call<Operations['printDraft'], StaffActor>) => {
      const { actor, idempotencyKey, input } = call;
      const { title, text } = input.body;
      const application = await find.ofStaff(actor, input.params.code);
      const { record, city, service } = application;
      const { unit } = record;
      if (unit === null || !actor.units.has(unit)) throw problem('forbidden');
      if (!drafted.includes(record.state)) throw problem('wrongState');
      const { zone } = city.profile;
      return print(application, actor, { idempotencyKey, content: { title, text } }, 'draft', (mark) =>
        draftPdf(
          {
            city: cityName(city),
            unit: unitName(city, unit),
            title,
            facts: [
              { label: 'Layanan', value: service.name.id },
              { label: 'Kode permohonan', value: grouped(record.code) },
              { label: 'Nomor lembar', value: mark.number },
              { label: 'Produk layanan', value: service.product.name.id },
            ],
            text,
            printed: `Dicetak ${moment(mark.at, zone)}, ${unitName(city, actor.unit)}`,
          },
          mark,
        ),
      );
    },
  };
};
