/** Findings in words: one sentence each, which names the user, the entry and the anchor. */
import type { Instant } from '../model/time.ts';
import { UTC } from '../model/zone.ts';
import { CONTROL_FINDING } from '../words/control-finding.ts';
import { list, moment, printable } from '../words/words.ts';
import type { FileFault } from './files.ts';
import type { AnchorFault, EntryFault, LedgerFault, UserFault, VerifyFinding } from './findings.ts';

/** Maximum length of a name or a reason from the records, in characters. */
const SHOWN = 120;

const shown = (text: string) => printable(text, SHOWN);

/** A finding as one sentence without the moment since which nobody can vouch for it. */
export function findingWords(finding: VerifyFinding): string {
  switch (finding.about) {
    case 'anchors':
      return anchorWords(finding.fault);
    case 'ledger':
      return ledgerWords(finding.fault);
    case 'user': {
      const { userId, userName, fault } = finding;
      const who = userName === null ? shown(userId) : `${shown(userName)} (${shown(userId)})`;
      return `User ${who}: ${userWords(fault)}`;
    }
  }
}

/** Since when nobody can vouch for what a finding is about: `since 27 Nov 2026, 14:06 UTC`, `from the beginning`. */
export function sinceWords(since: Instant | null): string {
  return since === null ? 'from the beginning' : `since ${moment(since, UTC)}`;
}

function userWords(fault: UserFault): string {
  switch (fault.found) {
    case 'missing':
    case 'changed':
    case 'misplaced':
    case 'unanchored':
      return entryWords(fault);
    case 'gone':
      return `everything is gone: anchor ${fault.anchor} has a history of ${fault.entries === 1 ? '1 entry' : `${fault.entries} entries`}.`;
    case 'surplus':
      return `${entries(fault, 'does', 'do')} not belong to the stored case.`;
    case 'case-behind':
      return `the stored case is older than its history, which goes on with ${entries(fault, '', '')}.`;
    case 'case-differs':
      return `the stored case is not what its history says: ${list(fault.fields.map(shown))}.`;
    case 'no-case':
      return 'there is a history, but the case itself is missing.';
    case 'unvouched':
      return `anchor ${fault.anchor} does not vouch for the history: ${shown(fault.why)}.`;
    case 'wrong-head':
      return `when anchor ${fault.anchor} was made, the hash beside the case was not that of entry ${fault.n}.`;
  }
}

function ledgerWords(fault: LedgerFault): string {
  return fault.found === 'control'
    ? CONTROL_FINDING[fault.how]
    : `Ledger of the account: ${entryWords(fault)}`;
}

function entryWords(fault: EntryFault): string {
  const { found, anchor } = fault;
  const isOne = fault.from === fault.to;
  switch (found) {
    case 'missing':
      return `${entries(fault, 'is', 'are')} missing or cannot be read${proof(fault)}.`;
    case 'changed':
      return isOne && anchor !== null
        ? `${entries(fault, 'is', 'are')} not as anchor ${anchor} says.`
        : `${entries(fault, 'is', 'are')} not as written${proof(fault)}.`;
    case 'misplaced':
      return `${entries(fault, 'stands', 'stand')} under a number that belongs to another entry.`;
    case 'unanchored':
      return `${entries(fault, 'is', 'are')} dated before the last daily anchor, but no anchor has ${isOne ? 'it' : 'them'}.`;
  }
}

function proof({ anchor, from, to }: EntryFault): string {
  if (anchor === null) {
    return '';
  }
  return from === to
    ? `, and anchor ${anchor} has it`
    : `; the first anchor that has one of them is anchor ${anchor}`;
}

function entries(
  { from, to }: { readonly from: number; readonly to: number },
  one: string,
  more: string,
): string {
  return (from === to ? `entry ${from} ${one}` : `entries ${from} to ${to} ${more}`).trimEnd();
}

function anchorWords(fault: AnchorFault): string {
  switch (fault.found) {
    case 'none':
      return 'There is no anchor that can be trusted.';
    case 'other-key':
      return `None of ${fault.anchors} anchors is signed with this key: it is the key of another deployment, or somebody forged them all.`;
    case 'missing':
      return fault.from === fault.to
        ? `Anchor ${fault.from} is missing.`
        : `Anchors ${fault.from} to ${fault.to} are missing.`;
    case 'unsigned':
      return `Anchor ${fault.number} has no signature.`;
    case 'signature':
      return `Anchor ${fault.number} is not signed with this key: it was changed, forged, or signed with another key.`;
    case 'unreadable':
      return `Anchor ${fault.number} is signed, but this release cannot read it.`;
    case 'other-number':
      return `In the place of anchor ${fault.number} there is anchor ${fault.says}.`;
    case 'other-account':
      return `Anchor ${fault.number} is about another account, ${shown(fault.says)}.`;
    case 'order':
      return `Anchor ${fault.number} does not follow the one before it.`;
    case 'counts':
      return `Anchor ${fault.number} counts other users or entries than it lists.`;
    case 'file':
      return `Anchor ${fault.number}: ${fileWords(fault.fault)}`;
    case 'file-unreadable':
      return `Anchor ${fault.number}: this release cannot read ${shown(fault.name)}.`;
    case 'replaced':
      return `Anchor ${fault.number}: ${shown(fault.name)} was replaced or deleted; an older version is known.`;
    case 'stray':
      return `${shown(fault.name)} belongs to no anchor.`;
    case 'late':
      return `The last anchor is from ${moment(fault.at, UTC)}: the function records did not run, or later anchors were removed.`;
  }
}

/** A difference between listed and present files as one sentence. */
export function fileWords(fault: FileFault): string {
  const name = shown(fault.name);
  switch (fault.found) {
    case 'missing':
      return `${name} is missing.`;
    case 'added':
      return `${name} was added.`;
    case 'changed':
      return `${name} was changed.`;
    case 'renamed':
      return `${name} was renamed to ${shown(fault.other)}.`;
    case 'swapped':
      return `${name} and ${shown(fault.other)} were swapped.`;
  }
}
