import type { Api } from '../api.ts';
import { blue, dim, green, line, part } from '../screen.ts';
import type { Check } from './common.ts';

const requester = 'warga-2';
const utama = 'kepala-kominfo';
const pelaksana = 'penghubung-pupr';
const superior = 'sekda';

interface View {
  readonly state: string;
  readonly seq: number;
}

/** A request that is extended once, refused in part, objected to, and answered in time by the superior. */
export const informationRequest = async (api: Api): Promise<readonly Check[]> => {
  part(
    'Permohonan informasi publik',
    'an information request: extended, refused in part, objected to, answered',
  );
  const asked = await api.ask<{ code: string; number: string | null; state: string }>(
    'POST',
    '/v1/me/information',
    {
      as: requester,
      body: {
        information: 'Rencana anggaran biaya dan kontrak perbaikan trotoar Jalan Khatib Sulaiman tahun 2025.',
        requester: {
          name: 'Syafrizal',
          address: 'Jalan Bahder Johan 4, Padang Panjang',
          email: 'warga-2@warga.example',
          occupation: 'Pedagang',
          purpose: 'Ikut mengawasi pembangunan di lingkungan kami.',
        },
        form: 'soft',
        way: 'copy',
        insist: true,
      },
    },
  );
  await api.settle();
  line(`  ${blue(asked.code)} register ${green(asked.number ?? '–')}`);
  const path = `/v1/desk/information/${asked.code}`;
  const dueOf = async (clock: string): Promise<string | null> => {
    const { clocks } = await api.ask<{ clocks: readonly { name: string; due: string }[] }>(
      'GET',
      `/v1/desk/cases/${asked.code}`,
      { as: 'inspektur' },
    );
    return clocks.find(({ name }) => name === clock)?.due ?? null;
  };
  const step = async (as: string, action: string, body: object, expected: readonly number[] = [200]) => {
    await api.pass('+30m');
    const { seq } = await api.ask<View>('GET', path, { as });
    const answer = await api.ask<{ code?: string; state?: string }>('POST', `${path}/actions/${action}`, {
      as,
      body,
      ifMatch: seq,
      expected,
    });
    await api.settle();
    return answer;
  };
  await step(utama, 'distribute', { unit: 'pupr', text: 'Mohon diproses PPID Pelaksana.' });
  const promised = await dueOf('promise');
  await api.pass('+3d');
  await step(pelaksana, 'extend', { text: 'Kontrak masih disalin dari arsip proyek; perlu waktu tambahan.' });
  const extended = await dueOf('promise');
  const twice = await step(pelaksana, 'extend', { text: 'Sekali lagi, karena arsipnya tersebar.' }, [409]);
  line(`  batas ${dim(promised ?? '–')} → diperpanjang ${green(extended ?? '–')}`);
  await step(pelaksana, 'partlyGrant', {
    text: 'Anggaran terlampir; harga penawaran peserta yang kalah dikecualikan.',
    letters: ['b'],
    test: 'Uji konsekuensi PPID 14/2025',
  });
  await api.pass('+2d');
  const objected = async () => {
    const { seq } = await api.ask<View>('GET', `/v1/me/information/${asked.code}`, { as: requester });
    await api.ask('POST', `/v1/me/information/${asked.code}/actions/object`, {
      as: requester,
      ifMatch: seq,
      body: {
        ground: 'exempted',
        text: 'Harga penawaran tidak lagi rahasia setelah kontrak ditandatangani.',
      },
    });
    await api.settle();
  };
  await objected();
  const limit = await dueOf('objection');
  await api.pass('+7d');
  const now = await api.now();
  const by = new Date(now.getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
  await step(superior, 'answerObjection', {
    decision: 'overturned',
    by,
    text: 'Keberatan diterima: dokumen diberikan setelah data pribadi dihitamkan.',
  });
  const answeredAt = (await api.now()).toISOString();
  await step(pelaksana, 'grant', { text: 'Dokumen lengkap terlampir.' });
  const { state } = await api.ask<View>('GET', `/v1/me/information/${asked.code}`, { as: requester });
  line(`  keberatan dijawab Atasan PPID sebelum ${green(limit ?? '–')}; akhirnya ${green(state)}`);
  return [
    ['Nomor register ada di tanda terima', /\d/.test(asked.number ?? '')],
    [
      'Perpanjangan satu kali, paling lama 7 hari kerja',
      promised !== null && extended !== null && extended > promised,
    ],
    ['Perpanjangan kedua ditolak', twice.code === 'extensionUsed' || twice.code === 'wrongState'],
    ['Keberatan dijawab dalam batasnya', limit !== null && answeredAt < limit],
    ['Sesudah keberatan informasi diberikan', state === 'granted'],
  ];
};
