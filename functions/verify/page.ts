import type { Language } from '../kernel/errors.ts';

/** What the page shows: rows of a label and a value. */
export interface Shown {
  readonly good: boolean;
  readonly says: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
}

const words = {
  id: { title: 'Pemeriksaan dokumen', mistyped: 'Nomor dokumen salah ketik.' },
  en: { title: 'Document check', mistyped: 'The document number is mistyped.' },
} as const satisfies Record<Language, Record<string, string>>;

const style = `body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
p{border-left:.4rem solid #a01414;padding:.5rem 1rem;background:#fbf1f1}p.good{border-color:#0b6b34;background:#eff7f2}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}`;

const escaped = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** A page without script, for whoever scans a paper. @param shown undefined when the number cannot be one */
export const verdictPage = (language: Language, shown: Shown | undefined): string => {
  const { title, mistyped } = words[language];
  const rows = (shown?.rows ?? []).map(([dt, dd]) => `<dt>${escaped(dt)}</dt><dd>${escaped(dd)}</dd>`);
  return (
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<meta name="robots" content="noindex"><title>${title}</title><style>${style}</style><main><h1>${title}</h1>` +
    `<p${shown?.good === true ? ' class="good"' : ''}>${escaped(shown?.says ?? mistyped)}</p><dl>${rows.join('')}</dl></main></html>`
  );
};
