import type { Proposal } from '../proposal/proposal.ts';
import type { Reason } from '../proposal/reason.ts';
import { CONFIDENCE } from './advice.ts';
import type { Style } from './style.ts';

/** The reason of each code. */
type Of<C extends Reason['code']> = Extract<Reason, { readonly code: C }>;

/** The codes of reasons that say which key works, which the lines about the keys show as well. */
type Fact =
  | 'only-active'
  | 'in-use'
  | 'last-used'
  | 'newest'
  | 'also-in-use'
  | 'taken-over'
  | 'idle'
  | 'never-used'
  | 'seen-with'
  | 'moved';

/** A doubt in one short sentence. The first of these that a proposal has is what an approver must know before the others. */
const DOUBT: { readonly [C in Exclude<Reason['code'], Fact>]: (reason: Of<C>, style: Style) => string } = {
  'not-exposed': ({ keyId, instead }, { key }) =>
    `Everything that uses ${key(instead)} must move to ${key(keyId)}.`,
  'brought-back': ({ keyId }, { key }) =>
    `${key(keyId)} was deactivated before and came back, so something seems to need it.`,
  'in-reserve': ({ keyId }, { key }) => `A tag says that this user or ${key(keyId)} is for rare use.`,
  'not-read': ({ keyId }, { key }) => `The last use of ${key(keyId)} could not be read.`,
  'move-first': () => 'First move everything to the key you keep.',
  'too-young': ({ keyId }, { key }) =>
    `${key(keyId)} is less than a day old, so "not used yet" proves nothing.`,
  'rotation-under-way': ({ keyId }, { key }) =>
    `${key(keyId)} is new and not used yet: this looks like a rotation in progress.`,
  disjoint: ({ keyId, kept }, { key }) =>
    `${key(kept)} does nothing that ${key(keyId)} did, as far as we see.`,
  'not-moved': ({ keyId }, { key }) => `What ${key(keyId)} did has not been seen with the key to keep.`,
  'seen-since': ({ keyId }, { key }) => `CloudTrail shows a later use of ${key(keyId)} than IAM.`,
  'not-looked-up': ({ keyId }, { key }) => `It is not known who uses ${key(keyId)}.`,
  'side-by-side': ({ keyId, beside }, { key }) =>
    `${key(keyId)} and ${key(beside)} were used side by side for months, so each may do different work.`,
  'used-lately': ({ keyId }, { key }) => `A weekly or monthly job may still need ${key(keyId)}.`,
  'only-errors': ({ keyId }, { key }) => `Every call with ${key(keyId)} that CloudTrail shows has failed.`,
  'only-checks': ({ keyId }, { key }) =>
    `As far as CloudTrail shows, ${key(keyId)} only reads or opens sessions.`,
  unseen: ({ keyId }, { key }) => `CloudTrail does not show every use of ${key(keyId)}.`,
  'new-key': ({ keyId }, { key }) => `A job that runs rarely may not use ${key(keyId)} yet.`,
  shared: ({ keyId }, { key }) => `Several programs share ${key(keyId)}.`,
  'managed-by-code': () => 'If code creates the keys of this user, change the code first.',
  exposed: () => '',
  'unexpected-creator': () => '',
};

/**
 * The confidence in a proposal for a mail, with the fact and the strongest doubt: `Confidence: medium. Only the newer key is in
 * use. ...`. The page gives all reasons. `newest`: the key that was created last.
 */
export function confidenceInShort(proposal: Proposal, newest: string | undefined, style: Style): string[] {
  const { reasons, confidence } = proposal;
  const doubts = Object.entries(DOUBT).flatMap(([code, words]) =>
    // The words of a code are for reasons with that code, which TypeScript cannot see here.
    reasons.filter((reason) => reason.code === code).map((reason) => (words as Words)(reason, style)),
  );
  return [CONFIDENCE[confidence], fact(proposal, newest, style), doubts[0] ?? ''];
}

type Words = (reason: Reason, style: Style) => string;

/** The reasons by which a key that IAM shows as idle may be in use. */
const MAY_BE_IN_USE: readonly Reason['code'][] = [
  'not-read',
  'seen-since',
  'too-young',
  'rotation-under-way',
];

function fact({ keep, others, reasons }: Proposal, newest: string | undefined, { key }: Style): string {
  const has = (...codes: readonly Reason['code'][]) => reasons.some(({ code }) => codes.includes(code));
  const two = others.length === 1;
  // Neither of the sentences below is certain of a key that IAM would not suggest.
  if (has('not-exposed')) {
    return '';
  }
  if (has('also-in-use')) {
    return two ? 'Both keys are in use.' : 'Several keys are in use.';
  }
  if (has('in-use')) {
    if (has(...MAY_BE_IN_USE)) {
      return `${key(keep)} is in use.`;
    }
    const which = keep === newest ? `the ${two ? 'newer' : 'newest'} key` : key(keep);
    return `Only ${which} is in use.`;
  }
  if (has('newest')) {
    return two ? 'No use of either key is known.' : 'No use of these keys is known.';
  }
  return has('not-read') ? '' : `${two ? 'Neither key' : 'No key'} is in use; ${key(keep)} was used last.`;
}
