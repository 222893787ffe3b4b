import { html } from 'hono/html';
import type { Policy } from '../core/model/policy.ts';
import type { Mistake } from '../core/page/choice.ts';
import { inWords } from '../core/words/words.ts';
import type { Html } from './layout.ts';
import { howToMend } from './sentences.ts';

/** Each mistake as a link to its field, so that it is easy to find. */
export function mistakeLinks(mistakes: readonly Mistake[], policy: Policy): Html[] {
  const quiet = inWords(policy.quietPeriod);
  return mistakes.map((one) => html`<a href="#${one.field}">${howToMend(one, quiet)}</a>`);
}
