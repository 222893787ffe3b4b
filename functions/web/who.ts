import { html } from 'hono/html';
import type { Found } from '../app/approve/show-case.ts';
import { momentFromNow } from '../core/words/words.ts';
import { aboutUser } from './about.ts';
import { caseHistory } from './case-history.ts';
import type { Html } from './layout.ts';
import { ownerTags } from './owners.ts';
import type { Setting } from './reply.ts';
import { usageSection } from './usage.ts';

/** The user: name, owner tags, privilege and automation, who uses the keys, and what happened so far. */
export function whoThisIs({ view, policy, now }: Setting & Pick<Found, 'view'>): Html {
  const { current } = view;
  const { zone } = policy.digest;
  return html`<section><h2>Who this is</h2>
<p>IAM user <strong>${current.path}${current.userName}</strong> (${current.userId}) in account ${policy.accountName}
(${current.account}). Detected on ${momentFromNow(current.opened, now, zone)}.</p>
${ownerTags(view, policy)}
${aboutUser(view.evidence.about)}
${usageSection(view, now, zone)}
${caseHistory(current, now, zone)}</section>`;
}
