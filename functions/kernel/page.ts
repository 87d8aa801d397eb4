import type { Language } from './errors.ts';

const style = `body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.4rem;color:#fff;background:#00458b;cursor:pointer}
button:focus-visible{outline:3px solid #1b1b1b;outline-offset:2px}`;

/** A page without script, for who follows a link out of a message. @param body HTML; whatever is in it is ours */
export const page = (language: Language, title: string, body: string): string =>
  `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<meta name="robots" content="noindex"><title>${title}</title><style>${style}</style><main><h1>${title}</h1>${body}</main></html>`;

/** A question and the button that answers it by a POST. @param action path and token: base64url and dots, nothing to escape */
export const asking = (ask: string, action: string, button: string): string =>
  `<p>${ask}</p><form method="post" action="${action}"><button>${button}</button></form>`;
