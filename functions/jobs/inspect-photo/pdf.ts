/** Author, program and dates of the document, overwritten in place: no offset moves. */
export const withoutAuthor = (bytes: Buffer): Buffer => {
  const text = bytes.toString('latin1');
  const blank = (all: string, before: string, value: string): string =>
    before + ' '.repeat(value.length) + all.slice(before.length + value.length);
  const cleared = text
    .replace(
      /(\/(?:Author|Creator|Producer|Title|Subject|Keywords|CreationDate|ModDate)\s*\()((?:[^()\\]|\\[\s\S]){0,2000})(?=\))/g,
      blank,
    )
    .replace(
      /(\/(?:Author|Creator|Producer|Title|Subject|Keywords|CreationDate|ModDate)\s*<)([0-9A-Fa-f\s]{0,4000})(?=>)/g,
      blank,
    )
    .replace(/(<x:xmpmeta)([\s\S]*?)(?=<\/x:xmpmeta>)/g, blank);
  return Buffer.from(cleared, 'latin1');
};
