export const escapeHtml = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** A page of the runtime itself: no script, no address elsewhere. */
export const page = (title: string, body: string): string =>
  `<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
article{border:1px solid #767676;border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.5rem 0 0}
small{color:#4a4a4a}a,button{color:#00458b}button{font:inherit;padding:.6rem 1rem;border:1px solid #00458b;border-radius:.4rem;background:#fff;cursor:pointer;text-align:left;width:100%}
ul{list-style:none;padding:0}li{margin:.4rem 0}</style><main><h1>${escapeHtml(title)}</h1>${body}</main></html>`;
