/** The answers that leave something as it is until a date: an exception, and a deletion that is put off. */
import { LONGEST_COMMENT } from '../case/decision.ts';
import { isDay, lastMinute } from '../model/calendar.ts';
import { sha256 } from '../model/digest.ts';
import type { Instant } from '../model/time.ts';
import type { CaseView } from './case-view.ts';
import {
  type CheckedChoice,
  type Choice,
  judgedOff,
  keysBeside,
  type Mistake,
  namesExactly,
  reading,
} from './choice.ts';
import type { Days } from './days.ts';
import { LEAST_SPARED } from './later.ts';

/** The keys that stay as they are, or the reason why they cannot. `spare` is null if all Active keys are meant. */
export function judgeSpared(
  { active, own, ownKept, later }: CaseView,
  spare: readonly string[] | null,
): { readonly spare: readonly string[] } | { readonly mistake: Mistake } {
  const ids = active.map(({ id }) => id);
  const wanted = new Set(spare ?? ids);
  const stay = ids.filter((id) => wanted.has(id));
  if (stay.length < wanted.size) {
    return { mistake: { field: 'keep', code: 'not-active' } };
  }
  if (stay.length < LEAST_SPARED) {
    return { mistake: { field: 'keep', code: 'too-few' } };
  }
  if (later.byAnother(stay)) {
    return { mistake: { field: 'keep', code: 'own-exception' } };
  }
  const [made] = ownKept(stay) === 'withheld' ? stay.filter((id) => own[id] === 'withheld') : [];
  return made === undefined
    ? { spare: stay }
    : { mistake: { field: 'keep', code: 'own-key', keep: made, more: ids.length > LEAST_SPARED } };
}

/** The parts that both answers have as typed: the day, the justification, and the keys that stay as they are. */
interface ChosenUntil {
  readonly until: string;
  readonly comment: string;
  /** The endings typed; null if the text does not consist of groups of four characters. */
  readonly stay: readonly string[] | null;
}

/** An exception as typed into the form. If it deactivates keys, these are typed, and otherwise those that stay. */
export interface ExceptionChoice extends ChosenUntil, Pick<Choice, 'off' | 'inUse' | 'shownInUse'> {
  readonly spare: readonly string[];
}

/** Compares an exception with the keys on the page and the days that can be chosen. */
export function judgeException(view: CaseView, choice: ExceptionChoice): CheckedChoice {
  const spared = judgeSpared(view, choice.spare);
  if ('mistake' in spared) {
    return { fits: false, mistakes: [spared.mistake] };
  }
  const { spare } = spared;
  const off = keysBeside(view, spare);
  const { mistakes, given } =
    off.length === 0
      ? { mistakes: misnamedStay(choice.stay, spare), given: { off, acknowledged: [] } }
      : judgedOff(view, choice, null, off);
  return judgedUntil(choice, view.later.exception, mistakes, (until, commentDigest) => ({
    kind: 'not-now',
    spare,
    ...given,
    until,
    commentDigest,
  }));
}

/** A request to put a deletion off, as typed into the form. */
export interface PutOffChoice extends ChosenUntil {
  readonly keys: readonly string[];
}

/** The keys whose deletion can be put off, or the reason why not: they are all that would be deleted together. */
export function judgePuttingOff({ own, ownKept, later: { deletion } }: CaseView): Mistake | null {
  const keys = deletion?.keys ?? [];
  const [made] = ownKept(keys) === 'withheld' ? keys.filter((id) => own[id] === 'withheld') : [];
  return made === undefined ? null : { field: 'inactive', code: 'own-key', keep: made, more: false };
}

/** Compares a request to put a deletion off with the keys on the page and the days that can be chosen. */
export function judgePutOff(view: CaseView, choice: PutOffChoice): CheckedChoice {
  const { deletion } = view.later;
  const mistake = judgePuttingOff(view);
  if (mistake !== null) {
    return { fits: false, mistakes: [mistake] };
  }
  const keys = deletion?.keys ?? [];
  const named = choice.keys.length === keys.length && choice.keys.every((id) => keys.includes(id));
  const mistakes = named
    ? misnamedStay(choice.stay, keys)
    : [{ field: 'stay' as const, code: 'not-these' as const }];
  return judgedUntil(choice, deletion?.days ?? null, mistakes, (until, commentDigest) => ({
    kind: 'keep-inactive',
    keys,
    until,
    commentDigest,
  }));
}

/** The answer with its day and justification, or all mistakes together. */
function judgedUntil(
  { until, comment }: ChosenUntil,
  days: Days | null,
  typed: readonly Mistake[],
  asks: (until: string, commentDigest: string) => (CheckedChoice & { readonly fits: true })['ask'],
): CheckedChoice {
  const day = days === null ? { mistake: NO_DAY } : judgeDay(until, days);
  const mistakes = [...('mistake' in day ? [day.mistake] : []), ...unjustified(comment), ...typed];
  return 'until' in day && mistakes.length === 0
    ? { fits: true, ask: asks(day.until, sha256(comment)) }
    : { fits: false, mistakes };
}

const NO_DAY: Mistake = { field: 'until', code: 'no-date' };

/** The mistakes in a justification. One without a letter or a digit says nothing. */
function unjustified(comment: string): Mistake[] {
  const by = comment.length - LONGEST_COMMENT;
  if (by > 0) {
    return [{ field: 'comment', code: 'too-long', by }];
  }
  return /[\p{L}\p{N}]/u.test(comment) ? [] : [{ field: 'comment', code: 'no-justification' }];
}

function misnamedStay(typed: readonly string[] | null, keys: readonly string[]): Mistake[] {
  const unread = reading('stay', typed);
  return unread.length > 0 || namesExactly(typed, keys) ? unread : [{ field: 'stay', code: 'not-these' }];
}

/** The moment at which a chosen day ends, or the mistake in it. */
export function judgeDay(
  text: string,
  days: Days,
): { readonly until: Instant } | { readonly mistake: Mistake } {
  const day = text.trim();
  if (day === '') {
    return { mistake: NO_DAY };
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
    return { mistake: { field: 'until', code: 'not-a-date', days } };
  }
  if (!isDay(day)) {
    return { mistake: { field: 'until', code: 'no-such-day' } };
  }
  if (day < days.first || day > days.last) {
    return { mistake: { field: 'until', code: 'outside', days } };
  }
  const until = lastMinute(day, days.zone);
  return until === null ? { mistake: { field: 'until', code: 'no-such-day' } } : { until };
}
