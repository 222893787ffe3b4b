import type { ConfigService, ViewLine } from '../gateway/config/service.ts';
import type { WebAnswer } from '../gateway/http.ts';
import { escaped, page } from './page.ts';
import { timeAndAge } from './words.ts';

/** The part of AWS Config that the page shows. */
export type ConfigView = Pick<ConfigService, 'rule' | 'runs' | 'isRunning' | 'view'>;

const LABELS: Readonly<Record<string, string>> = { COMPLIANT: 'Compliant', NON_COMPLIANT: 'Noncompliant' };

/** The rule as shown in the AWS Config console, the account first, then noncompliant users. `names` maps user ids to user names. */
export function configPage(
  config: ConfigView,
  names: ReadonlyMap<string, string>,
  now: number = Date.now(),
): WebAnswer {
  const { rule } = config;
  const inboxes = '<p><a href="/inbox">All inboxes</a></p>';
  if (rule === undefined) {
    return page('AWS Config', `<p>There is no rule: the setting "config" is off.</p>${inboxes}`);
  }
  const users = [...config.view()].sort((a, b) => order(a, names).localeCompare(order(b, names)));
  const account = config.view('AWS::::Account');
  const lines = [...account, ...users];
  const wrong = lines.filter(({ complianceType }) => complianceType === 'NON_COMPLIANT').length;
  const named = new Map([
    ...names,
    ...account.map(({ resourceId }) => [resourceId, 'This account'] as const),
  ]);
  const facts = [
    `Last run: ${lastRun(config, now)}`,
    `${wrong} noncompliant, ${lines.length - wrong} compliant`,
  ].map((fact) => `<li>${escaped(fact)}</li>`);
  const what =
    '<p>The console of AWS Config would show the account and its IAM users like this. Decide about a user through a ' +
    'mail and reload this page a little later: the line has changed.</p>';
  return page(
    `AWS Config: ${rule.name}`,
    `${what}<ul>${facts.join('')}</ul>${tableOf(lines, named, now)}${inboxes}`,
  );
}

const order = ({ complianceType, resourceId }: ViewLine, names: ReadonlyMap<string, string>): string =>
  `${complianceType === 'NON_COMPLIANT' ? 0 : 1} ${names.get(resourceId) ?? resourceId}`;

function lastRun({ runs, isRunning }: ConfigView, now: number): string {
  const last = runs.at(-1);
  const more = isRunning ? ' One is running.' : '';
  if (last === undefined) {
    return `none yet.${more}`;
  }
  const why = last.trigger === 'schedule' ? 'as scheduled' : 'because Solekey asked for it';
  const end = last.ok ? '' : `, which failed: ${last.error}`;
  return `${timeAndAge(Date.parse(last.at), now)}, ${why}${end}. ${runs.length} in all.${more}`;
}

const HEAD = ['Resource', 'Compliance', 'Annotation', 'Time of the facts'] as const;

function tableOf(lines: readonly ViewLine[], names: ReadonlyMap<string, string>, now: number): string {
  if (lines.length === 0) {
    return '<p>No results yet.</p>';
  }
  const cell = (place: 1 | 2 | 3, content: string, more = ''): string =>
    `<td role="cell" data-label="${HEAD[place]}"${more}>${content}</td>`;
  const rows = lines.map(({ resourceId, complianceType, annotation, orderingTimestamp }) => {
    const name = names.get(resourceId);
    const user = name === undefined ? '' : `${escaped(name)}<br>`;
    const bad = complianceType === 'NON_COMPLIANT' ? ' class="bad"' : '';
    return (
      `<tr role="row"><th scope="row" role="rowheader">${user}<span class="small">${escaped(resourceId)}</span></th>` +
      cell(1, escaped(LABELS[complianceType] ?? complianceType), bad) +
      cell(2, escaped(annotation ?? 'none')) +
      `${cell(3, `<time>${timeAndAge(Date.parse(orderingTimestamp), now)}</time>`)}</tr>`
    );
  });
  const columns = HEAD.map((title) => `<th scope="col" role="columnheader">${title}</th>`);
  return (
    `<table role="table"><thead role="rowgroup"><tr role="row">${columns.join('')}</tr></thead>` +
    `<tbody role="rowgroup">${rows.join('')}</tbody></table>`
  );
}
