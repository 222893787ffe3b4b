import { type DecisionKind, type DecisionReason, isCompromised } from '../../core/case/decision.ts';
import type { Choosing, DecisionRequest } from '../../core/case/requests.ts';
import { type Zone, zoneDay } from '../../core/model/zone.ts';
import type { CaseView } from '../../core/page/case-view.ts';
import {
  type CheckedChoice,
  fourOf,
  judgeChoice,
  judgeConfirm,
  judgeRestore,
  namesExactly,
} from '../../core/page/choice.ts';
import { judgeNone, OFFERED, type OfferedKind } from '../../core/page/deactivate-all.ts';
import { judgeException, judgePutOff } from '../../core/page/not-now.ts';

/**
 * The text typed into a box, and its groups of four characters; `fours` is null if the text is not made of such
 * groups.
 */
export interface TypedKeys {
  readonly text: string;
  readonly fours: readonly string[] | null;
}

/** An answer that deactivates keys, but for the key to keep. */
interface PostedDeactivation {
  readonly off: TypedKeys;
  readonly inUse: boolean;
  /** The keys that the page showed as in use. */
  readonly shownInUse: readonly string[];
  /** Absent on a page of 0.6.0, which does not ask for them. */
  readonly grounds?: PostedGrounds;
  readonly facts: string;
}

/** An answer as posted. `facts` is the digest of the page on which it was given. */
export type PostedAnswer =
  | ({ readonly kind: 'keep'; readonly keep: string | null } & PostedDeactivation)
  | ({ readonly kind: 'none' } & PostedDeactivation)
  | ({
      readonly kind: 'not-now';
      readonly spare: readonly string[];
      /** The day as typed. */
      readonly until: string;
      /** The keys that stay, typed if none is deactivated. */
      readonly stay: TypedKeys;
    } & PostedDeactivation)
  | {
      readonly kind: 'keep-inactive';
      readonly keys: readonly string[];
      readonly until: string;
      readonly stay: TypedKeys;
      readonly grounds?: PostedGrounds;
      readonly facts: string;
    }
  | {
      readonly kind: 'restore';
      readonly back: TypedKeys;
      /** True if the person typed the word `reactivate` before the keys. */
      readonly asked?: boolean;
      /** The keys that the second page named; absent on a page of 0.6.0, on which they are typed. */
      readonly chosen?: readonly string[];
      readonly facts: string;
    }
  | { readonly kind: 'confirm'; readonly remove: TypedKeys; readonly facts: string };

/** A person's reason, null if none was chosen, and their own words. */
export interface PostedGrounds {
  readonly reason: DecisionReason | null;
  readonly comment: string;
}

/** A choice on the first of two pages. Nothing is stored; the second page shows what it means. */
export type PostedChoice =
  | {
      readonly kind: 'check-keep';
      readonly keep: string | null;
      readonly grounds?: PostedGrounds;
      readonly facts: string;
    }
  | { readonly kind: 'check-none'; readonly grounds?: PostedGrounds; readonly facts: string }
  | { readonly kind: 'check-restore'; readonly keys: readonly string[]; readonly facts: string }
  | {
      readonly kind: 'check-not-now';
      /** Null before anybody chose which keys stay. */
      readonly spare: readonly string[] | null;
      readonly until: string;
      readonly grounds?: PostedGrounds;
      readonly facts: string;
    }
  | {
      readonly kind: 'check-keep-inactive';
      readonly until: string;
      readonly grounds?: PostedGrounds;
      readonly facts: string;
    };

/** The answer to which each choice leads. */
const LEADS_TO = {
  'check-keep': 'keep',
  'check-none': 'none',
  'check-restore': 'restore',
  'check-not-now': 'not-now',
  'check-keep-inactive': 'keep-inactive',
} as const satisfies Record<PostedChoice['kind'], PostedAnswer['kind']>;

/** True for a choice on the first of two pages; false for an answer. */
export function isChoice(posted: PostedAnswer | PostedChoice): posted is PostedChoice {
  return Object.hasOwn(LEADS_TO, posted.kind);
}

/** The kind of answer that a posted form gives or leads to. */
export function leadsTo(posted: PostedAnswer | PostedChoice): PostedAnswer['kind'] {
  return isChoice(posted) ? LEADS_TO[posted.kind] : posted.kind;
}

/** True if the page has a form for such an answer. `offered`: the answers that pages take. */
export function takes(
  view: CaseView,
  kind: PostedAnswer['kind'],
  offered: readonly OfferedKind[] = OFFERED,
): boolean {
  switch (kind) {
    case 'keep':
    case 'none':
      return view.state === 'question' && offered.includes(kind);
    case 'not-now':
      return view.later.exception !== null && offered.includes(kind);
    case 'keep-inactive':
      return view.later.deletion !== null && offered.includes(kind);
    case 'restore':
      return view.restorable.length > 0;
    case 'confirm':
      return view.state === 'confirm';
  }
}

/** Compares an answer with the page. `listed` is true if it came through a link to a list. */
export function judgeAnswer(view: CaseView, answer: PostedAnswer, listed: boolean): CheckedChoice {
  switch (answer.kind) {
    case 'keep':
      return judgeChoice(view, { ...answer, off: answer.off.fours });
    case 'none':
      return judgeNone(view, { ...answer, off: answer.off.fours });
    case 'not-now': {
      const { spare, until, off, stay, inUse, shownInUse, grounds } = answer;
      const typed = { off: off.fours, stay: stay.fours, inUse, shownInUse };
      return judgeException(view, { spare, until, comment: grounds?.comment ?? '', ...typed });
    }
    case 'keep-inactive': {
      const { keys, until, stay, grounds } = answer;
      return judgePutOff(view, { keys, until, comment: grounds?.comment ?? '', stay: stay.fours });
    }
    case 'restore':
      return judgeRestore(view, { ...answer, back: answer.back.fours, listed });
    case 'confirm':
      return judgeConfirm(view, answer.remove.fours);
  }
}

/** True if an answer says the same as a stored one. A choice says nothing yet. `zone` is that of the days which people choose. */
export function says(answer: PostedAnswer | PostedChoice, ask: DecisionRequest['ask'], zone: Zone): boolean {
  switch (answer.kind) {
    case 'check-keep':
    case 'check-none':
    case 'check-restore':
    case 'check-not-now':
    case 'check-keep-inactive':
      return false;
    case 'keep':
      return ask.kind === 'keep' && ask.keep === answer.keep && deactivatesTheSame(answer, ask);
    case 'none':
      return ask.kind === 'none' && deactivatesTheSame(answer, ask);
    case 'not-now':
      return (
        ask.kind === 'not-now' &&
        sameKeys(answer.spare, ask.spare) &&
        answer.until.trim() === zoneDay(ask.until, zone) &&
        deactivatesTheSame(answer, ask)
      );
    case 'keep-inactive':
      return (
        ask.kind === 'keep-inactive' &&
        sameKeys(answer.keys, ask.keys) &&
        answer.until.trim() === zoneDay(ask.until, zone)
      );
    case 'restore':
      return (
        ask.kind === 'restore' && namesExactly(answer.chosen?.map(fourOf) ?? answer.back.fours, ask.keys)
      );
    case 'confirm':
      return ask.kind === 'confirm' && namesExactly(answer.remove.fours, ask.keys);
  }
}

function sameKeys(some: readonly string[], others: readonly string[]): boolean {
  return namesExactly(some.map(fourOf), others);
}

/**
 * True if an answer deactivates the keys of a stored one, for the same reason, and acknowledges their use as that does. A key
 * that was called compromised is handled differently from one called unused, and needs no acknowledgement.
 */
function deactivatesTheSame(
  { off, inUse, shownInUse, grounds }: Extract<PostedAnswer, { readonly kind: DecisionKind }>,
  ask: Choosing,
): boolean {
  const accepts = inUse || isCompromised(ask);
  return (
    namesExactly(off.fours, ask.off) &&
    (grounds?.reason ?? undefined) === ask.reason &&
    ask.acknowledged.every((id) => accepts && shownInUse.includes(id))
  );
}
