import { html } from 'hono/html';
import {
  AGES,
  CONFIDENCES,
  EXCEPTIONS,
  isFiltering,
  type ListFilter,
  PRIVILEGES,
} from '../../core/page/list-filter.ts';
import { type Html, THIS_PAGE } from '../layout.ts';

type Choices<Values extends readonly string[]> = Readonly<Record<Values[number], string>>;

const CONFIDENCE: Choices<typeof CONFIDENCES> = {
  high: 'high',
  medium: 'medium',
  low: 'low',
  none: 'no proposal',
};
const PRIVILEGE: Choices<typeof PRIVILEGES> = {
  ordinary: 'ordinary users',
  privileged: 'administrators, or can become one',
  unknown: 'not known',
};
const AGE: Choices<typeof AGES> = { 7: '7 days or more', 30: '30 days or more', 90: '90 days or more' };
const EXCEPTION: Choices<typeof EXCEPTIONS> = { yes: 'with an exception', no: 'without an exception' };

/**
 * The form that chooses which rows are shown. It is sent with GET, so it can change nothing, and an address with a filter can be
 * kept. There is no choice of an account, because a list is about one; the address may name it.
 */
export function filterForm(filter: ListFilter): Html {
  const chosen = isFiltering(filter);
  return html`<details${chosen ? ' open' : ''}><summary>Filter</summary>
<form method="get">
${select('confidence', 'Confidence', CONFIDENCES, CONFIDENCE, filter.confidence)}
${select('privilege', 'Privilege', PRIVILEGES, PRIVILEGE, filter.privilege)}
${select('age', 'Open for', AGES, AGE, filter.age)}
${select('exception', 'Exception', EXCEPTIONS, EXCEPTION, filter.exception)}
<p><button type="submit" class="plain">Show these</button>${chosen ? html` <a href="${THIS_PAGE}">Show all</a>` : null}</p>
</form></details>`;
}

function select<Value extends string>(
  name: keyof ListFilter,
  label: string,
  values: readonly Value[],
  words: Readonly<Record<Value, string>>,
  chosen: Value | null,
): Html {
  const options = values.map(
    (value) => html`<option value="${value}"${value === chosen ? ' selected' : ''}>${words[value]}</option>`,
  );
  return html`<p><label for="${name}">${label}</label> <select id="${name}" name="${name}"><option value="">any</option>${options}</select></p>`;
}
