import type { Words } from '../workflow.ts';

/** What timelines and notices say of the system's own steps around deadlines, in every case kind. */
export const deadlineSays: Readonly<Record<string, Words>> = {
  warned: {
    id: 'Kami masih menunggu tanggapan pelapor; buka laporan untuk melihat batas waktu dan akibatnya.',
    en: 'We are still waiting for the reporter; open the report to see until when and what follows.',
  },
  reminded: { id: 'Pengingat tenggat laporan ini.', en: 'A reminder of this report’s deadline.' },
  escalated: {
    id: 'Laporan ini lewat batas dan dinaikkan kepada atasan.',
    en: 'This report is past its deadline and was escalated.',
  },
  overdue: { id: 'Laporan ini melewati tenggatnya.', en: 'This report has passed its deadline.' },
  recomputed: {
    id: 'Tenggat dihitung ulang karena hari libur atau aturan waktu berubah.',
    en: 'Deadlines were computed anew because holidays or time limits changed.',
  },
};
