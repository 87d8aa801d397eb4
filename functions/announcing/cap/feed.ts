import { type Element, readXml } from './xml.ts';

/** Links of one list that are read: the newest come first everywhere. */
const mostLinks = 60;

/** Whether a server may be asked: over TLS at its usual port, by a name of the public web. */
export const isPublicHttps = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, port, hostname, username, password } = new URL(text);
  const isName = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,63}$/.test(hostname);
  const isOurs = /(^|\.)(localhost|local|internal|home|lan|arpa)$/.test(hostname);
  return protocol === 'https:' && port === '' && username === '' && password === '' && isName && !isOurs;
};

const all = (element: Element, name: string): readonly Element[] =>
  element.children.filter((child) => child.name === name);

/**
 * What a city fetches warnings from: a CAP message itself, or a list of them, RSS 2.0 or Atom.
 * @param source address that was asked: a list leads to its own server alone
 * @returns undefined when it is neither
 */
export const linksIn = (
  text: string,
  source: string,
): { readonly message: string } | { readonly links: readonly string[] } | undefined => {
  const root = readXml(text);
  if (root === undefined) return undefined;
  if (root.name === 'alert') return { message: text };
  const items = all(root, 'channel').flatMap((channel) => all(channel, 'item'));
  const entries = all(root, 'entry');
  if (root.name !== 'rss' && root.name !== 'feed') return undefined;
  const given = [
    ...items.flatMap((item) => all(item, 'link').map(({ text: link }) => link.trim())),
    ...entries.flatMap((entry) => all(entry, 'link').flatMap(({ href }) => href ?? [])),
  ];
  const { origin } = new URL(source);
  const links = given
    .filter((link) => URL.canParse(link, source))
    .map((link) => new URL(link, source).href)
    .filter((link) => new URL(link).origin === origin);
  return { links: [...new Set(links)].slice(0, mostLinks) };
};
