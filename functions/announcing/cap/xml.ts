import { SaxesParser } from 'saxes';

/** Most of everything that a warning needs; BMKG's largest have some 3,000 points in 50 KB. */
const mostCharacters = 256 * 1024;
const mostElements = 5000;
const deepest = 12;

/** An element with what is in it; one attribute says something that is read. */
export interface Element {
  readonly name: string;
  /** Namespace; empty when there is none. */
  readonly space: string;
  readonly children: readonly Element[];
  /** The characters directly in it, entities decoded. */
  readonly text: string;
  /** Where a link of an Atom list leads. */
  readonly href?: string;
}

interface Open {
  readonly name: string;
  readonly space: string;
  readonly children: Element[];
  text: string;
  readonly href?: string;
}

/**
 * Reads a whole XML document, and nothing beside it: a DTD, and with it every entity but XML's own five, is refused, so
 * that no document can name a file, ask the network or grow when it is read. Well-formedness and namespaces as XML 1.0
 * says, since what two parsers would read differently is no warning to trust.
 * @returns undefined for what is not well-formed, not allowed, too large or too deep
 */
export const readXml = (text: string): Element | undefined => {
  if (text.length > mostCharacters) return undefined;
  const parser = new SaxesParser({ xmlns: true });
  const stack: Open[] = [];
  let root: Element | undefined;
  let elements = 0;
  const stop = (why: string): never => {
    throw new Error(why);
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => stop('doctype'));
  parser.on('processinginstruction', () => stop('processing instruction'));
  parser.on('opentag', ({ local, uri, attributes }) => {
    elements += 1;
    if (elements > mostElements || stack.length >= deepest) stop('too much');
    const href = attributes['href']?.value;
    stack.push({ name: local, space: uri, children: [], text: '', ...(href === undefined ? {} : { href }) });
  });
  const characters = (more: string): void => {
    const open = stack.at(-1);
    if (open !== undefined) open.text += more;
  };
  parser.on('text', characters);
  parser.on('cdata', characters);
  parser.on('closetag', () => {
    const closed = stack.pop();
    if (closed === undefined) return;
    const above = stack.at(-1);
    if (above === undefined) root = closed;
    else above.children.push(closed);
  });
  try {
    // A byte order mark is no part of the document.
    parser.write(text.replace(/^\ufeff/, '')).close();
  } catch {
    return undefined;
  }
  return root;
};
