const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** The words of rendered HTML, in one line. */
export const plain = (html: string): string =>
  html
    // What stands inside of a line ends no word.
    .replace(/<\/?(?:em|strong|code|a)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();

const leadLength = 240;

/** The first words, cut between two of them. */
export const leadOf = (html: string): string => {
  const text = plain(html);
  if (text.length <= leadLength) return text;
  const cut = text.slice(0, leadLength);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), leadLength - 40))} …`;
};

/** Markdown that says just these characters: for words of others that come as plain text. */
export const literally = (text: string): string =>
  text
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join('\\\n'),
    )
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
