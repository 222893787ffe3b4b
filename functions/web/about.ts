import { html } from 'hono/html';
import type { About, NamedPolicy } from '../core/inventory/about.ts';
import { POLICY_KIND } from '../core/inventory/privilege-words.ts';
import {
  automationOnPage,
  furtherPolicies,
  NOT_KNOWN_YET,
  privilegedBy,
  privilegeOnPage,
} from '../core/words/about.ts';
import { inFull } from '../core/words/owners.ts';
import type { Html } from './layout.ts';

/** The user's privilege and automation. Names of policies and groups are in full, each isolated from the text around it. */
export function aboutUser(about: About | undefined): Html {
  if (about === undefined) {
    return html`<p>${NOT_KNOWN_YET}</p>`;
  }
  const policies = privilegedBy(about);
  const more = furtherPolicies(about);
  return html`<p>${privilegeOnPage(about)}</p>
${
  policies.length === 0
    ? null
    : html`<ul>${policies.map(policyItem)}${more === 0 ? null : html`<li>and ${more} more</li>`}</ul>`
}
<p>${automationOnPage(about.automation)}</p>`;
}

function policyItem({ policy, kind, group }: NamedPolicy): Html {
  const through = group === null ? null : html` through group <bdi>${inFull(group)}</bdi>`;
  return html`<li>${POLICY_KIND[kind]} <bdi>${inFull(policy)}</bdi>${through}</li>`;
}
