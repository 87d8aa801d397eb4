import { errorText, type Language, statusOf } from '../kernel/errors.ts';
import { allProblems, errorCodes } from '../kernel/problems.ts';

/** The parts of the OpenAPI document that the page shows. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationDoc>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

interface OperationDoc {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: unknown }>>;
}

const html = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

const style = `
:root{color-scheme:light dark;--line:#8884;--soft:#8881}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1.5rem}
h1{margin:0}h2{margin:2.5rem 0 .5rem;text-transform:capitalize}
nav a{margin-right:.8rem;white-space:nowrap}
details{border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;padding:.5rem .8rem}
summary{cursor:pointer;overflow-wrap:anywhere}
code,pre{font:14px/1.45 ui-monospace,monospace}
pre{background:var(--soft);border-radius:.4rem;max-height:28rem;overflow:auto;padding:.7rem}
.m{display:inline-block;font-weight:700;min-width:4rem}.who{border:1px solid var(--line);border-radius:1rem;font-size:.8rem;padding:.1rem .6rem}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}
`;

const page = (title: string, language: Language, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${html(title)}</title><style>${style}</style></head><body>${body}</body></html>`;

const json = (value: unknown): string => `<pre tabindex="0">${html(JSON.stringify(value, null, 1))}</pre>`;

const words = {
  id: {
    title: 'API Lapau',
    lead: 'Semua operasi, dari kontrak yang sama dengan gerbang dan pemeriksaannya.',
    body: 'Isi permintaan',
    answers: 'Jawaban',
    everyone: 'terbuka',
    problems: 'Kode kesalahan',
    parameters: 'Parameter',
  },
  en: {
    title: 'Lapau API',
    lead: 'Every operation, from the same contract as the gateway and its checks.',
    body: 'Request body',
    answers: 'Answers',
    everyone: 'open',
    problems: 'Problem codes',
    parameters: 'Parameters',
  },
} as const;

const operation = (method: string, path: string, o: OperationDoc, language: Language): string => {
  const w = words[language];
  const who = Object.keys(o.security?.[0] ?? {})[0] ?? w.everyone;
  const responses = Object.entries(o.responses)
    .map(
      ([status, r]) =>
        `<tr><td><b>${status}</b></td><td>${html(r.description ?? '').replaceAll('\n\n', '<br>')}${
          status.startsWith('2') && r.content !== undefined ? json(r.content) : ''
        }</td></tr>`,
    )
    .join('');
  const parameters = (o.parameters ?? [])
    .map((p) => `<code>${html(p.name)}</code> (${p.in}${p.required === true ? ', *' : ''})`)
    .join(', ');
  return `<details id="${o.operationId}"><summary><span class="m">${method.toUpperCase()}</span> <code>${html(path)}</code> <span class="who">${who}</span> ${html(language === 'id' ? ((o.description ?? '').split('\n')[0] ?? '') : o.summary)}</summary>
<p>${html(o.description ?? '')}</p>${parameters === '' ? '' : `<p><b>${w.parameters}</b>: ${parameters}</p>`}${
    o.requestBody === undefined ? '' : `<h4>${w.body}</h4>${json(o.requestBody)}`
  }<h4>${w.answers}</h4><table>${responses}</table></details>`;
};

/** The whole document as one page without scripts or anything from elsewhere. */
export const docsPage = (document: Document, language: Language): string => {
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, o] of Object.entries(methods)) {
      const tag = o.tags?.[0] ?? '';
      byTag.set(tag, [...(byTag.get(tag) ?? []), operation(method, path, o, language)]);
    }
  }
  const w = words[language];
  const tags = [...byTag.keys()].map((tag) => `<a href="#${tag}">${tag}</a>`).join('');
  const sections = [...byTag].map(([tag, items]) => `<h2 id="${tag}">${tag}</h2>${items.join('')}`).join('');
  return page(
    w.title,
    language,
    `<h1>${w.title}</h1><p>${w.lead} <a href="/v1/openapi.json">openapi.json</a> · <a href="/v1/problems">${w.problems}</a></p><nav>${tags}</nav>${sections}<h2>schemas</h2>${json(document.components.schemas)}`,
  );
};

/** What each problem code means; `type` of a problem document leads here. */
export const problemsPage = (language: Language): string => {
  const rows = errorCodes
    .map(
      (code) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${statusOf(code, allProblems)}</td><td>${html(errorText(code, 'id', allProblems))}<br><i lang="en">${html(errorText(code, 'en', allProblems))}</i></td></tr>`,
    )
    .join('');
  return page(
    words[language].problems,
    language,
    `<h1>${words[language].problems}</h1><table>${rows}</table>`,
  );
};
