import { html, raw } from 'hono/html';
import { STYLE } from './style.ts';

/** A piece of a page. Text inserted into `html` is escaped; text from people never goes through `raw`. */
export type Html = ReturnType<typeof html>;

/** The text with names such as regions kept in one line. Keys are anyway, on every page. */
export function unbroken(text: string): Html[] {
  return text
    .split(/(\S+-\S+)/)
    .map((part, place) => (place % 2 === 0 ? html`${part}` : html`<span class="whole">${part}</span>`));
}

/** The path of the page itself, for a link that opens it anew. A form of the page leads there, too. */
export const THIS_PAGE = '?';

/** A message at the top of the page. Screen readers announce `bad` ones immediately. */
export interface Banner {
  readonly tone: 'plain' | 'good' | 'bad';
  readonly title: string;
  readonly lines: readonly (string | Html)[];
}

/** A whole page. */
export function page(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Solekey</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** The message that an answer was refused. */
export function bad(title: string, lines: Banner['lines']): Banner {
  return { tone: 'bad', title, lines };
}

/** A message as it stands on the page. */
export function banner({ tone, title, lines }: Banner): Html {
  const text = html`<p><strong>${title}</strong></p>${paragraphs(lines)}`;
  return tone === 'bad'
    ? html`<div class="box bad" role="alert" id="problem">${text}</div>`
    : html`<div class="box ${tone}" role="status">${text}</div>`;
}

export function paragraphs(lines: readonly (string | Html)[]): Html[] {
  return lines.map((line) => html`<p>${line}</p>`);
}

/** How to list the user's keys without Solekey. */
export function byYourself(command: string): Html {
  return html`<p>To check without this page: <code>${command}</code></p>`;
}

/** The command for a page that does not know its user, or must not name them. */
export const ANYBODY = 'aws iam list-access-keys --user-name <name>';

/** A page with only a message, for links that are refused and requests without a link. */
export function messagePage(
  title: string,
  lines: readonly (string | Html)[],
  command = ANYBODY,
  form: Html | null = null,
): Html {
  return page(
    title,
    html`<header><span>Solekey</span></header><main><h1>${title}</h1>${paragraphs(lines)}${form}</main>
<footer>${byYourself(command)}</footer>`,
  );
}
