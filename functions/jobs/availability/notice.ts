import type { Availability } from '../../availability/record.ts';
import type { App } from '../../city/apps.ts';
import type { City } from '../../city/schema.ts';
import { localTime, type Notice } from '../../events/notice.ts';

const reasons: Readonly<Record<NonNullable<Availability['why']>, readonly [id: string, en: string]>> = {
  dns: ['nama domainnya tidak ditemukan', 'its domain name is not found'],
  private: ['namanya menuju jaringan dalam', 'its name leads into a private network'],
  connect: ['tidak dapat dihubungi', 'it cannot be reached'],
  tls: ['sertifikatnya tidak berlaku', 'its certificate is not valid'],
  timeout: ['tidak menjawab dalam 10 detik', 'it does not answer within 10 seconds'],
  status: ['menjawab dengan galat', 'it answers with an error'],
  redirects: ['mengalihkan terus-menerus', 'it redirects without end'],
};

/** What the owner of an app is told: that people do not find it, or find it again. */
export const appNotice = (
  { profile }: Pick<City, 'profile'>,
  app: App,
  { since, why = 'connect' }: Pick<Availability, 'since' | 'why'>,
  what: 'gone' | 'back',
  publicUrl: string,
): Notice => {
  const link = `${publicUrl}/desk/apps/${app.id}`;
  const [whyId, whyEn] = reasons[why];
  const from = localTime(since, profile.zone);
  const [id, en] =
    what === 'gone'
      ? [
          `${app.name.id} tidak dapat dibuka warga: ${whyId} (sejak ${from}).`,
          `${app.name.en} cannot be opened: ${whyEn} (since ${from}).`,
        ]
      : [`${app.name.id} dapat dibuka lagi.`, `${app.name.en} can be opened again.`];
  return {
    template: 'app',
    parameters: [app.name.id, id, link],
    subject: `${profile.app}: ${what === 'gone' ? 'tidak dapat dibuka' : 'sudah pulih'}: ${app.name.id}`,
    text: [id, app.url, link, '', en].join('\n'),
  };
};
