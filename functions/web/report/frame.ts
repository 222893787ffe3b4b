import { html } from 'hono/html';
import type { FoundReport } from '../../app/approve/show-report.ts';
import { type Html, page } from '../layout.ts';
import { foot } from '../list/list-page.ts';
import { ofWhom } from '../reader.ts';
import type { Setting } from '../reply.ts';

/** A page under a link to a report: its head, its title and its foot. */
export function framed(
  title: string,
  { visitor }: Pick<FoundReport, 'visitor'>,
  setting: Setting,
  body: Html,
): Html {
  const { policy } = setting;
  return page(
    title,
    html`<header><span>Solekey · ${policy.accountName} (${visitor.claim.account})</span>
<span>${ofWhom(visitor)}</span></header><main>
<h1>${title}</h1>
${body}
</main>${foot({ visitor }, setting)}`,
  );
}

/** The way back to the report. */
export const BACK: Html = html`<p><a href="?">Back to the report</a></p>`;
