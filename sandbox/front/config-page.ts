import type { ConfigService, ViewLine } from '../gateway/config/service.ts';
import type { WebAnswer } from '../gateway/http.ts';
import { escaped, page } from './page.ts';

/** What the page reads of AWS Config. */
export type ConfigView = Pick<ConfigService, 'rule' | 'runs' | 'isRunning' | 'view'>;

const LABELS: Readonly<Record<string, string>> = { COMPLIANT: 'Compliant', NON_COMPLIANT: 'Noncompliant' };

/** The rule as the console of AWS Config shows it: what is wrong comes first. `names` has user names by user id. */
export function configPage(config: ConfigView, names: ReadonlyMap<string, string>): WebAnswer {
  const { rule } = config;
  const inboxes = '<p><a href="/inbox">All inboxes</a></p>';
  if (rule === undefined) {
    return page('AWS Config', `<p>There is no rule: the setting "config" is off.</p>${inboxes}`);
  }
  const lines = [...config.view()].sort((a, b) => order(a, names).localeCompare(order(b, names)));
  const wrong = lines.filter(({ complianceType }) => complianceType === 'NON_COMPLIANT').length;
  const facts = [
    `Last run: ${lastRun(config)}`,
    `${wrong} noncompliant, ${lines.length - wrong} compliant`,
  ].map((fact) => `<li>${escaped(fact)}</li>`);
  const again = '<p>Load this page again for newer results.</p>';
  return page(
    `AWS Config: ${rule.name}`,
    `<ul>${facts.join('')}</ul>${tableOf(lines, names)}${again}${inboxes}`,
  );
}

const order = ({ complianceType, resourceId }: ViewLine, names: ReadonlyMap<string, string>): string =>
  `${complianceType === 'NON_COMPLIANT' ? 0 : 1} ${names.get(resourceId) ?? resourceId}`;

function lastRun({ runs, isRunning }: ConfigView): string {
  const last = runs.at(-1);
  const now = isRunning ? ' One is under way.' : '';
  if (last === undefined) {
    return `none yet.${now}`;
  }
  const why = last.trigger === 'schedule' ? 'as scheduled' : 'because Solekey asked for it';
  const end = last.ok ? '' : `, which failed: ${last.error}`;
  return `${clockOf(last.at)} UTC, ${why}${end}. ${runs.length} in all.${now}`;
}

const clockOf = (iso: string): string => iso.slice(11, 19);

function tableOf(lines: readonly ViewLine[], names: ReadonlyMap<string, string>): string {
  if (lines.length === 0) {
    return '<p>No results yet.</p>';
  }
  const head = ['Resource', 'Compliance', 'Annotation', 'Time of the facts'];
  const rows = lines.map(({ resourceId, complianceType, annotation, orderingTimestamp }) => {
    const name = names.get(resourceId);
    const user = name === undefined ? '' : `${escaped(name)}<br>`;
    const bad = complianceType === 'NON_COMPLIANT' ? ' class="bad"' : '';
    return (
      `<tr><td>${user}<span class="small">AWS::IAM::User ${escaped(resourceId)}</span></td>` +
      `<td${bad}>${escaped(LABELS[complianceType] ?? complianceType)}</td><td>${escaped(annotation ?? '')}</td>` +
      `<td><time>${clockOf(orderingTimestamp)} UTC</time></td></tr>`
    );
  });
  const columns = head.map((title) => `<th scope="col">${title}</th>`);
  return `<table><thead><tr>${columns.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
