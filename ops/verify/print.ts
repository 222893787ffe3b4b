/** The result of a verification in words: findings and counts are data, for stdout; all else goes to stderr. */
import { UTC } from '../../functions/core/model/zone.ts';
import type { ExplainedRestore, Verdict } from '../../functions/core/verify/verify.ts';
import { findingWords, sinceWords } from '../../functions/core/verify/words.ts';
import { counted, moment, printable } from '../../functions/core/words/words.ts';
import type { PackVerdict } from './pack.ts';

/** Data and words. */
export interface Printed {
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

const number = (count: number) => count.toLocaleString('en-US');
const entries = (count: number) => (count === 1 ? '1 entry' : `${number(count)} entries`);
const many = (count: number, noun: string) => counted(count, noun).replace(/^\d+/, number(count));

/** The verdict about a pack. */
export function printedPack({ files, findings }: PackVerdict): Printed {
  return {
    lines: [
      ...findings.map(({ text }) => `! ${text}`),
      findings.length > 0
        ? `${many(findings.length, 'finding')}. This pack is not as it was signed.`
        : `${many(files, 'file')}, each as it was signed with this key.`,
    ],
    notes: [],
  };
}

/** A restore as a sentence. Nobody vouches for it but the ledger, so people must know of it, and say that they do. */
function restoreWords({ entry, at, by, reason, entries: lost }: ExplainedRestore): string {
  const who = printable(by, 200);
  const what = `${entries(lost)} that anchors have ${lost === 1 ? 'is' : 'are'} not in the table since`;
  return `The table was restored from a backup on ${moment(at, UTC)} by ${who} (entry ${entry} of the ledger: ${printable(reason, 200)}); ${what}.`;
}

function doubtWords(restore: ExplainedRestore): string {
  return `! ${restoreWords(restore)} Only the ledger says that it was restored, and whoever removed entries could have written that, too. Ask whether somebody restored the table; if so, check again with --accept-restore ${restore.entry}.`;
}

/** The verdict about records, with the restores that nobody accepted, and the time that reading and checking took in seconds. */
export function printedVerdict(
  verdict: Verdict,
  doubted: readonly ExplainedRestore[],
  seconds: number,
): Printed {
  const { account, findings, users, last, young } = verdict;
  const until = last === null ? null : moment(last.until, UTC);
  const checked =
    account === null
      ? 'Only the anchors were checked, because none of them can be trusted.'
      : `Account ${account}: ${many(users, 'user')} with ${entries(verdict.entries)}, ${entries(verdict.ledgerEntries)} in the ledger, ${many(verdict.anchors, 'anchor')}. Checked in ${seconds.toFixed(1)} s.`;
  const outcome =
    findings.length > 0
      ? `${many(findings.length, 'finding')}. Nobody can vouch for all records ${sinceWords(findings[0]?.since ?? null)}.`
      : `Everything${doubted.length > 0 ? ' else' : ''} is as Solekey wrote it until ${until}, the time of anchor ${last?.number}.`;
  const younger =
    young.entries === 0
      ? []
      : [
          `${entries(young.entries)} of ${many(young.users, 'user')} ${young.entries === 1 ? 'is' : 'are'} younger than the last anchor: nothing vouches for ${young.entries === 1 ? 'it' : 'them'} until the next one, at most 24 hours after the last.`,
        ];
  return {
    lines: [
      ...findings.map((one) => `! ${findingWords(one)} Not vouched for ${sinceWords(one.since)}.`),
      ...doubted.map(doubtWords),
      checked,
      outcome,
      ...younger,
      ...(verdict.begins === null
        ? []
        : [
            `The anchors begin with number ${verdict.begins.number}, of ${moment(verdict.begins.at, UTC)}: older ones have expired.`,
          ]),
      ...verdict.restores.filter((one) => !doubted.includes(one)).map(restoreWords),
    ],
    notes: findings.length === 0 ? [] : ['What to do: "A record that was changed" in docs/operate.md.'],
  };
}
