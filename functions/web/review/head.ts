import { html } from 'hono/html';
import type { Visitor } from '../../app/approve/show-case.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { Html } from '../layout.ts';
import { ofWhom } from '../reader.ts';

/** The head of a page about several cases. `visitor` is null if none of them is a case of whoever reads it. */
export function head(visitor: Visitor | null, { accountName }: Policy): Html {
  return visitor === null
    ? html`<header><span>Solekey · ${accountName}</span></header>`
    : html`<header><span>Solekey · ${accountName} (${visitor.claim.account})</span>
<span>${ofWhom(visitor)}</span></header>`;
}
