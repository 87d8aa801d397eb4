import type { City } from '../city/schema.ts';
import type { Notice } from '../events/notice.ts';
import type { ChannelName } from '../events/told.ts';
import type { Language } from '../kernel/errors.ts';
import type { Order } from './model.ts';

/** These pass through companies abroad, and get no words but those of a warning (docs/processors.md). */
const abroad: ReadonlySet<ChannelName> = new Set(['push', 'whatsapp', 'telegram']);

/** Headlines that a digest names; beyond, it says how many there are. */
const named = 20;

export interface ToTell {
  readonly city: Pick<City, 'profile'>;
  readonly channel: ChannelName;
  readonly language: Language;
  /** Without a final slash. */
  readonly publicUrl: string;
  /** Below it: stops all subscriptions of this reader. */
  readonly stopPath: string;
  /** Below it: where they are changed. */
  readonly managePath: string;
}

interface Words {
  readonly says: string;
  /** Lines of what there is, each with where to read it. */
  readonly lines: readonly string[];
}

const headlineIn = ({ headline }: Pick<Order, 'headline'>, language: Language): string =>
  language === 'en' ? (headline.en ?? headline.id) : headline.id;

const why: Readonly<Record<Language, (city: string) => string>> = {
  id: (city) => `Anda menerima ini karena berlangganan pengumuman ${city}.`,
  en: (city) => `You get this because you subscribed to announcements of ${city}.`,
};
const links: Readonly<Record<Language, { readonly change: string; readonly stop: string }>> = {
  id: { change: 'Atur langganan', stop: 'Berhenti' },
  en: { change: 'Change', stop: 'Stop' },
};

const composed = (
  to: ToTell,
  template: Notice['template'],
  link: string,
  subject: string,
  wordsIn: (language: Language) => Words,
): Notice => {
  const { city, language, publicUrl } = to;
  const stop = `${publicUrl}${to.stopPath}`;
  const paragraph = (one: Language): string => {
    const { says, lines } = wordsIn(one);
    return [
      ...[says, ...lines, ''],
      why[one](city.profile.names[one]),
      `${links[one].change}: ${publicUrl}${to.managePath}`,
      `${links[one].stop}: ${stop}`,
    ].join('\n');
  };
  const { says } = wordsIn(language);
  return {
    template,
    parameters: [says, link, stop],
    subject,
    text: `${paragraph(language)}\n\n${paragraph(language === 'id' ? 'en' : 'id')}`,
    short: `${city.profile.app}: ${says} ${link}`,
    link,
    stop,
  };
};

/**
 * One announcement. Where the message passes through a company abroad it says only that there is something; of a warning
 * it says what, since nothing is more public and a second may count.
 */
export const announcementNotice = (
  to: ToTell,
  order: Pick<Order, 'headline' | 'emergency' | 'path'>,
): Notice => {
  const { city, channel, language, publicUrl } = to;
  const link = `${publicUrl}${order.path}`;
  const plain = abroad.has(channel) && !order.emergency;
  const saysIn = (one: Language): string => {
    if (plain) return one === 'id' ? 'Ada pengumuman baru.' : 'There is a new announcement.';
    const headline = headlineIn(order, one);
    if (!order.emergency) return headline;
    return one === 'id' ? `PERINGATAN: ${headline}` : `WARNING: ${headline}`;
  };
  const notice = composed(
    to,
    order.emergency ? 'warning' : 'announcement',
    link,
    `${city.profile.app}: ${saysIn(language)}`,
    (one) => ({ says: saysIn(one), lines: [`${one === 'id' ? 'Baca' : 'Read'}: ${link}`] }),
  );
  return order.emergency ? { ...notice, urgent: true } : notice;
};

/** Everything that was published since the last digest, in one message. */
export const digestNotice = (to: ToTell, orders: readonly Pick<Order, 'headline' | 'path'>[]): Notice => {
  const { city, channel, language, publicUrl } = to;
  const link = `${publicUrl}/pengumuman`;
  const n = orders.length;
  const saysIn = (one: Language): string => {
    if (one === 'id') return `Ada ${n} pengumuman baru.`;
    return n === 1 ? 'There is 1 new announcement.' : `There are ${n} new announcements.`;
  };
  const listIn = (one: Language): readonly string[] =>
    abroad.has(channel)
      ? [`${one === 'id' ? 'Baca' : 'Read'}: ${link}`]
      : [
          ...orders
            .slice(0, named)
            .map((order) => `- ${headlineIn(order, one)}\n  ${publicUrl}${order.path}`),
          ...(n > named ? [`… ${link}`] : []),
        ];
  return composed(to, 'announcements', link, `${city.profile.app}: ${saysIn(language)}`, (one) => ({
    says: saysIn(one),
    lines: listIn(one),
  }));
};

/** Asks whoever reads an address whether they want announcements there. */
export const confirmNotice = (city: Pick<City, 'profile'>, language: Language, link: string): Notice => {
  const { app, names } = city.profile;
  const paragraph: Readonly<Record<Language, string>> = {
    id: [
      `Alamat ini didaftarkan untuk menerima pengumuman ${names.id}. Jika Anda memang menginginkannya, buka dalam 48 jam:`,
      ...[link, '', 'Jika bukan Anda, abaikan surel ini; tidak ada yang akan dikirim lagi.'],
    ].join('\n'),
    en: [
      `This address was given to get announcements of ${names.en}. If you want them, open within 48 hours:`,
      ...[link, '', 'If it was not you, ignore this mail; nothing more will be sent.'],
    ].join('\n'),
  };
  const says = language === 'id' ? 'konfirmasi langganan' : 'confirm your subscription';
  return {
    template: 'announcement',
    parameters: [],
    subject: `${app}: ${says}`,
    text: `${paragraph[language]}\n\n${paragraph[language === 'id' ? 'en' : 'id']}`,
    link,
  };
};
