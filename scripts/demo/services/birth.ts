import { createHash } from 'node:crypto';
import type { Api } from '../api.ts';
import { blue, dim, green, line, part } from '../screen.ts';
import { type Check, type Upload, upload } from './common.ts';

const mother = 'warga-1';
const officer = 'petugas-dukcapil';
const head = 'kepala-dukcapil';

interface Draft {
  readonly id: string;
  readonly rev: number;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly needed: readonly { readonly id: string; readonly name: string }[];
}

interface View {
  readonly state: string;
  readonly seq: number;
  readonly completeAt: string | null;
  readonly due: string | null;
  readonly product: string | null;
  readonly steps: readonly { readonly id: string; readonly place: string }[];
  readonly documents: readonly {
    readonly id: string;
    readonly verdict: string | null;
    readonly open: boolean;
  }[];
}

/** As staff read it: what was handed in is for those who handle it. */
interface Handled extends Omit<View, 'documents'> {
  readonly papers: (Pick<View, 'documents'> & { readonly answers: Readonly<Record<string, unknown>> }) | null;
}

/** What a mother types on her phone, of a child that was born ten days ago. */
const answersOf = (born: string, area: string): Readonly<Record<string, unknown>> => ({
  childName: 'Zahra Putri Yusniar',
  childSex: 'female',
  childBirthDate: born,
  foundling: false,
  applicantName: 'Yusniar',
  applicantNik: '1374024505950001',
  applicantRelation: 'mother',
  applicantPhone: '081200000001',
  applicantAddress: 'Jalan Sutan Syahrir 12, Padang Panjang',
  witnesses: [
    { name: 'Ramli', nik: '1374021203800002' },
    { name: 'Nurhayati', nik: '1374025107820003' },
  ],
  truth: true,
  birthPlaceKind: 'hospital',
  birthCity: 'Padang Panjang',
  attendant: 'midwife',
  birthType: 'single',
  birthOrder: 2,
  familyCard: '1374020101150004',
  familyArea: area,
  mother: { name: 'Yusniar', nik: '1374024505950001', birthDate: '1995-05-05' },
  father: { name: 'Arman', birthDate: '1992-02-02' },
  marriage: 'recorded',
  hasBirthStatement: true,
});

/** A birth certificate from a draft on a phone to the file that SIAK issued, handed over and verified. */
export const birthCertificate = async (api: Api, area: string): Promise<readonly Check[]> => {
  part(
    'Akta kelahiran, tanpa datang ke kantor',
    'a birth certificate, from draft to the document that SIAK issued',
  );
  const now = await api.now();
  const born = new Date(now.getTime() - 10 * 86_400_000).toISOString().slice(0, 10);
  const whole = answersOf(born, area);

  const started = await api.ask<Draft>('POST', '/v1/me/drafts', {
    as: mother,
    body: { service: 'birth-certificate' },
  });
  const { marriage: _, hasBirthStatement: __, truth: ___, ...first } = whole;
  await api.ask('PUT', `/v1/me/drafts/${started.id}`, {
    as: mother,
    ifMatch: started.rev,
    body: { applicant: { kind: 'person' }, answers: first, documents: {} },
  });
  line(`  konsep ${blue(started.id)} disimpan, dilanjutkan di perangkat lain …`);
  await api.pass('+3h');
  const resumed = await api.ask<Draft>('GET', `/v1/me/drafts/${started.id}`, { as: mother });
  const filled = await api.ask<Draft>('PUT', `/v1/me/drafts/${started.id}`, {
    as: mother,
    ifMatch: resumed.rev,
    body: { applicant: { kind: 'person' }, answers: whole, documents: {} },
  });
  line(`  dokumen yang diperlukan: ${filled.needed.map(({ name }) => name).join(' · ')}`);
  const put = (how: Upload) => upload(api, how);
  const documents: Record<string, string> = {};
  for (const { id, name } of filled.needed)
    documents[id] = await put({ as: mother, path: '/v1/me/uploads', title: name });
  const complete = await api.ask<Draft>('PUT', `/v1/me/drafts/${started.id}`, {
    as: mother,
    ifMatch: filled.rev,
    body: { applicant: { kind: 'person' }, answers: whole, documents },
  });
  const filed = await api.ask<{ code: string; state: string }>(
    'POST',
    `/v1/me/drafts/${complete.id}/submit`,
    {
      as: mother,
      body: {},
    },
  );
  const again = await api.ask<{ code: string }>('POST', `/v1/me/drafts/${complete.id}/submit`, {
    as: mother,
    body: {},
    expected: [201, 409],
  });
  await api.settle();
  line(`  ${blue(filed.code)} diajukan: ${green(filed.state)}`);

  const at = (as: string) => api.ask<Handled>('GET', `/v1/desk/applications/${filed.code}`, { as });
  const step = async (as: string, action: string, body: object = {}): Promise<void> => {
    await api.pass('+20m');
    const { seq } = await at(as);
    await api.ask('POST', `/v1/desk/applications/${filed.code}/actions/${action}`, {
      as,
      body,
      ifMatch: seq,
    });
    await api.settle();
  };
  await step(officer, 'begin');
  const seen = await at(officer);
  const ids = (seen.papers?.documents ?? []).map(({ id }) => id);
  const verdicts = (of: readonly string[], bad?: string) =>
    Object.fromEntries(of.map((id) => [id, id === bad ? 'unreadable' : 'accepted']));
  await step(officer, 'askCorrection', {
    documents: verdicts(ids, 'family-card'),
    notes: { 'family-card': 'Halaman kedua tidak terbaca.' },
  });
  const mine = await api.ask<View>('GET', `/v1/me/applications/${filed.code}`, { as: mother });
  line(
    `  petugas meminta satu dokumen lagi: ${dim(
      mine.documents
        .filter(({ open }) => open)
        .map(({ id }) => id)
        .join(),
    )}`,
  );
  await api.pass('+1d');
  await api.ask('POST', `/v1/me/applications/${filed.code}/corrections`, {
    as: mother,
    ifMatch: mine.seq,
    body: { documents: { 'family-card': await put({ as: mother, path: '/v1/me/uploads', title: 'KK' }) } },
  });
  await api.settle();
  await step(officer, 'complete', { documents: verdicts(ids) });
  const completed = await at(officer);
  line(`  berkas lengkap ${dim(completed.completeAt ?? '–')}, dijanjikan ${green(completed.due ?? '–')}`);
  for (const { id } of completed.steps.filter(({ place }) => place !== 'done'))
    if ((await at(officer)).state === 'processing') await step(officer, 'completeStep', { step: id });
  if ((await at(head)).state === 'validation') await step(head, 'approve');

  const file = await put({
    as: officer,
    path: `/v1/desk/cases/${filed.code}/uploads`,
    title: 'Kutipan akta kelahiran',
  });
  const { seq } = await at(officer);
  const { product } = await api.ask<{ product: { number: string; digest: string } }>(
    'POST',
    `/v1/desk/applications/${filed.code}/products`,
    { as: officer, ifMatch: seq, body: { document: { how: 'siakFile', file } } },
  );
  await api.settle();
  const issued = await api.ask<View>('GET', `/v1/me/applications/${filed.code}`, { as: mother });
  const link = await api.ask<{ url: string }>(
    'GET',
    `/v1/me/applications/${filed.code}/products/${product.number}`,
    { as: mother },
  );
  const bytes = Buffer.from(await (await fetch(link.url)).arrayBuffer());
  const changed = Buffer.from(bytes);
  changed[changed.length - 40] = (changed[changed.length - 40] ?? 0) ^ 1;
  const verdictOf = async (of: Buffer): Promise<string> =>
    (
      await api.ask<{ file: string }>('POST', '/v1/verify', {
        body: { digest: createHash('sha256').update(of).digest('hex'), number: product.number },
      })
    ).file;
  const [same, other] = [await verdictOf(bytes), await verdictOf(changed)];
  line(`  ${blue(product.number)} terbit; berkas yang diunduh: ${green(same)}, satu bita diubah: ${other}`);
  return [
    [
      'Satu konsep menjadi satu permohonan',
      !('code' in again) || again.code === filed.code || again.code === 'draftSubmitted',
    ],
    ['Petugas melihat NIK tersamar', !JSON.stringify(seen.papers?.answers).includes('1374024505950001')],
    [
      'Hanya dokumen yang ditolak dibuka lagi',
      mine.documents
        .filter(({ open }) => open)
        .map(({ id }) => id)
        .join() === 'family-card',
    ],
    ['Waktu layanan mulai saat berkas lengkap', seen.completeAt === null && completed.completeAt !== null],
    ['Akta diserahkan sebagai berkas SIAK', issued.state === 'issued' && issued.product === product.number],
    ['Yang diunduh sama dengan yang terbit', same === 'asIssued'],
    ['Satu bita diubah ditolak', other === 'altered'],
  ];
};
