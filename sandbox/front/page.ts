import type { WebAnswer } from '../gateway/http.ts';

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The style of all sandbox pages. It follows the reader's light or dark mode and fits a phone. */
const STYLE =
  ':root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--link:#0b57d0;--wash:#eee}' +
  '@media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--paper:#14171a;--link:#9cc2ff;--wash:#23282d}}' +
  'a{color:var(--link)}' +
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word;color:var(--ink);' +
  'background:var(--paper)}' +
  'h1{font-size:1.5rem;line-height:1.25}h1,h2{overflow-wrap:anywhere}h2{font-size:1.1rem}' +
  'pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--wash);padding:1rem}li{margin:.3rem 0}time{opacity:.75}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;' +
  'border-bottom:1px solid #8886}.bad{font-weight:600}.small{font-size:.85rem;opacity:.75}' +
  '@media(max-width:40rem){thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}' +
  'table,tbody,tr,th,td{display:block}tr{padding:.6rem 0;border-bottom:1px solid #8886}tbody th,td{border:0;padding:0}' +
  "td::before{content:attr(data-label) ': ';opacity:.75;font-weight:400}}";

/** A page of the sandbox. `content` is markup: text from anywhere else must already be escaped in it. */
export function page(title: string, content: string, status = 200): WebAnswer {
  const html =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head>` +
    `<body><main><h1>${escaped(title)}</h1>${content}</main></body></html>`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    },
    body: Buffer.from(html),
  };
}
