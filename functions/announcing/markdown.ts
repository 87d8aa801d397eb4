import { micromark, parse, postprocess, preprocess } from 'micromark';

/** Pictures would have every reader's telephone ask a stranger for them: a cover and files are what there is. */
const extensions = [{ disable: { null: ['labelStartImage'] } }];

const raw: ReadonlySet<string> = new Set(['htmlFlow', 'htmlText']);

/** Sanitised HTML: no tag, attribute or target that the text brought along, whatever it holds. */
export const render = (markdown: string): string =>
  micromark(markdown, { extensions, allowDangerousHtml: false, allowDangerousProtocol: false });

export type MarkdownFault = 'html' | 'link';

/**
 * What a text holds that will not be published: HTML, or a link that leads to neither web, mail nor this site. Found
 * by the parser that renders it, so that both read the same; the renderer leaves the target of such a link out.
 */
export const faultOf = (markdown: string): MarkdownFault | undefined => {
  const events = postprocess(
    parse({ extensions })
      .document()
      .write(preprocess()(markdown, undefined, true)),
  );
  if (events.some(([enter, { type }]) => enter === 'enter' && raw.has(type))) return 'html';
  return render(markdown).includes('href=""') ? 'link' : undefined;
};
