/** report.html: the report as one file, without scripts, which loads nothing and prints well. */
import { html, raw } from 'hono/html';
import { type Chart, chartsOf } from '../../functions/core/assess/counts.ts';
import { question, type Report, type ReportedViolation } from '../../functions/core/assess/report.ts';
import { privilegeLine, totalsLine } from '../../functions/core/assess/screen.ts';
import { privilegeInShort, privilegeMark } from '../../functions/core/inventory/privilege-words.ts';
import { UTC } from '../../functions/core/model/zone.ts';
import { moment } from '../../functions/core/words/words.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d0d7de; --bar: #0b57d0; --bad: #b3261e }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --paper: #14171a; --soft: #a3adb7; --line: #3a4149; --bar: #9cc2ff;
  --bad: #ffb4ab } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25 }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem }
.internal { color: var(--bad); font-weight: 600; margin: 0 }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1rem 2rem }
svg { width: 100%; height: auto; font: 13px system-ui, sans-serif; fill: currentColor }
rect { fill: var(--bar) }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line) }
td:nth-child(1) { min-width: 12rem } td:nth-child(2), td:nth-child(3) { white-space: nowrap } td:nth-child(4) { min-width: 7rem }
details { color: var(--soft) }
@media (max-width: 40rem) { thead { display: none } tr, td { display: block; border: 0; padding: .1rem 0 }
  tr { padding: .6rem 0; border-bottom: 1px solid var(--line) } td:first-child { font-weight: 600 } }
@media print { :root { --ink: #000; --paper: #fff; --bar: #555 } body { max-width: none; padding: 0; font-size: 10pt }
  tr, figure { break-inside: avoid } details > * { display: block } }
`;

/** The page as a text. Every text of other people in it is escaped. */
export function reportPage(report: Report): string {
  const { account, takenAt, totals, usageNote, violations, denied } = report;
  return String(html`<!doctype html>
<!-- internal: names users, owners and weak spots -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Access keys in account ${account}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<p class="internal">Internal: names users, owners and weak spots.</p>
<h1>Access keys in account ${account}</h1>
<p>${totalsLine(totals)} Read on ${moment(takenAt, UTC)}.</p>
<p>${privilegeLine(report)}</p>
${denied.length === 0 ? '' : html`<p>Something may be missing, because this was not permitted: ${denied.join(', ')}.</p>`}
<div class="charts">${chartsOf(report).map(figure)}</div>
<h2>Users with more than one active key</h2>
${violations.length === 0 ? html`<p>There are none.</p>` : tableOf(violations, account)}
<p>Proposals rest on what IAM shows: creation and last use of each key, the latter sometimes hours late. Ask the owner before
you deactivate a key.</p>
${usageNote === null ? '' : html`<p>Usage is what CloudTrail's event history shows. ${usageNote}</p>`}
</body>
</html>
`);
}

const [LINE, LEFT, WIDTH, MOST] = [24, 150, 420, 200];

function figure({ title, bars }: Chart) {
  const highest = Math.max(1, ...bars.map(({ count }) => count));
  const height = bars.length * LINE;
  const rows = bars.map(({ label, count }, index) => {
    const y = index * LINE;
    const wide = count === 0 ? 0 : Math.max(2, Math.round((MOST * count) / highest));
    return html`<text x="0" y="${y + 16}">${label}</text><rect x="${LEFT}" y="${y + 4}" width="${wide}" height="16"></rect><text x="${LEFT + wide + 8}" y="${y + 16}">${count}</text>`;
  });
  return html`<figure style="margin:0"><h2>${title}</h2>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}: ${bars.map(({ label, count }) => `${label} ${count}`).join(', ')}">${rows}</svg></figure>`;
}

function privilegeOn({ privilege, privilegedBy }: ReportedViolation) {
  const mark = privilegeMark(privilege);
  return mark === null
    ? ''
    : html`<br><strong>${mark}</strong><details><summary>by policy</summary><p>${privilegedBy.map(privilegeInShort).join('; ')}</p></details>`;
}

function tableOf(violations: readonly ReportedViolation[], account: string) {
  const rows = violations.map(
    (
      one,
    ) => html`<tr><td>${one.userName}${privilegeOn(one)}</td><td>${one.activeKeys} active keys</td><td>${one.proposal}</td><td>${one.owner ?? 'no owner tag'}</td><td>${one.why}${usageLines(one)}
<details><summary>A question for the owner</summary><p>${question(one, account)}</p></details></td></tr>
`,
  );
  return html`<table><thead><tr><th>user</th><th>keys</th><th>proposal</th><th>owner by tag</th><th>why</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** The usage of each key that somebody tried to look up. */
function usageLines({ usage }: ReportedViolation) {
  return usage
    .filter(({ words }) => words !== '-')
    .map(({ key, words }) => html`<br>Usage of ${key}: ${words}`);
}
