import type { PictureMail } from './case.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const STYLE = `
body { margin: 0; background: #fff; color: #1b1f24; font: 15px/1.45 "Liberation Sans", Arial, sans-serif }
header { padding: 14px 16px 10px; border-bottom: 1px solid #d0d7de }
h1 { margin: 0 0 8px; font-size: 17px; line-height: 1.3 }
header p { margin: 0; color: #57606a; font-size: 13px }
pre { margin: 0; padding: 12px 16px; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere }
a { color: #0b57d0 }
`;

const SHEET = `
body { display: flex; flex-wrap: wrap; align-items: flex-start }
article { width: 390px; box-sizing: border-box; border: 1px solid #d0d7de }
small { display: block; padding: 2px 16px; background: #fff8c5 }
`;

/** Mails side by side, each as wide as a phone. `name` stands above each. */
export function mailSheet(mails: readonly { readonly name: string; readonly mail: PictureMail }[]): string {
  const frames = mails.map(({ name, mail }) => {
    const html = mailFrame(mail).replace(/[\s\S]*<body>|<\/body>[\s\S]*/g, '');
    return `<article><small>${escaped(name)}</small>${html}</article>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Mails</title><style>${STYLE}${SHEET}</style></head>
<body>${frames.join('\n')}</body></html>
`;
}

/** A mail as a phone shows it: plain text in a proportional font, with the link highlighted as mail programs do. */
export function mailFrame({ to, subject, body }: PictureMail): string {
  const text = escaped(body).replace(/https?:\/\/[^\s<>"]+/, (link) => `<a>${link}</a>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Mail</title><style>${STYLE}</style></head>
<body><header><h1>${escaped(subject)}</h1><p>From: Solekey &lt;no-reply@sns.amazonaws.com&gt;</p><p>To: ${escaped(to)}</p></header>
<pre>${text}</pre></body></html>
`;
}
