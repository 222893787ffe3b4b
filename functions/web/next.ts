import type { Deletion, Policy } from '../core/model/policy.ts';
import type { Instant } from '../core/model/time.ts';
import type { CaseView, Decided } from '../core/page/case-view.ts';
import { unproved } from '../core/proposal/unproved.ts';
import { hourlyLimit, waitsForBudget } from '../core/words/budget.ts';
import { NO_DELETION } from '../core/words/endings.ts';
import { PAGE } from '../core/words/style.ts';
import { waitingSentences } from '../core/words/unanswered.ts';
import { openingWords } from '../core/words/window.ts';
import { inWords, moment } from '../core/words/words.ts';
import { afterwards } from './forms.ts';
import { keyList, keysWith } from './sentences.ts';

/** How a decision can be undone, for a page that asks for one. */
export function undoComes({ grace }: Policy): string {
  return `Then you get a mail with a link that undoes it for ${inWords(grace)}.`;
}

/** The end of the grace period, if usage is off or on: S14 asks someone first about a key whose work was not seen elsewhere. */
const AFTER_GRACE: Readonly<Record<Deletion, (seesWork: boolean) => string>> = {
  'after-grace': (seesWork) =>
    seesWork
      ? 'After the grace period Solekey announces the deletion by mail, and asks someone first if the key may still be needed.'
      : 'After the grace period it is deleted permanently; a mail announces that first.',
  'on-confirmation': () => 'After the grace period someone is asked to confirm the deletion.',
  never: () => NO_DELETION,
};

/** True if someone may be asked before a deletion that is due by its date: a key was in use, and its work was not seen elsewhere (S14). */
export function mayAskFirst({ current, evidence }: Pick<CaseView, 'current' | 'evidence'>): boolean {
  return unproved(current, evidence).length > 0;
}

/** The consequences of an answer that is recorded; none of one that names no approver. */
export function nextLines({ by, ask }: Decided, view: CaseView, policy: Policy, now: Instant): string[] {
  if (by === null) {
    return [];
  }
  const unless = 'If anyone changes the keys in IAM before that, nothing happens and you are asked again.';
  if (ask.kind === 'restore') {
    const waiting = waitingSentences(view.current, ask.keys, policy.digest.zone, PAGE);
    const now = [`${keysWith(ask.keys, 'is', 'are')} being reactivated, usually within a minute.`];
    return [[...(waiting.length === 0 ? now : waiting), afterwards(view, ask.keys.length)].join(' ')];
  }
  if (ask.kind === 'confirm') {
    return [
      view.paused
        ? `${keysWith(ask.keys, 'is', 'are')} deleted permanently once Solekey is no longer paused; a mail announces that first. Until then you can reactivate keys on this page.`
        : view.opens !== null
          ? `${keysWith(ask.keys, 'is', 'are')} deleted permanently when the change window opens, on ${openingWords(view.opens, policy.digest.zone)}. Until then you can reactivate keys on this page.`
          : `${keysWith(ask.keys, 'is', 'are')} being deleted permanently. This takes a few minutes: Solekey first checks twice that no key was reactivated.`,
      unless,
    ];
  }
  if (ask.kind === 'keep-inactive') {
    return [
      `${keysWith(ask.keys, 'is', 'are')} deleted no earlier than ${moment(ask.until, policy.digest.zone)}. Until then you can reactivate keys on a page like this one.`,
      unless,
    ];
  }
  if (ask.kind === 'not-now' && ask.off.length === 0) {
    return [
      `Nothing changes until ${moment(ask.until, policy.digest.zone)}. Then you are asked again.`,
      unless,
    ];
  }
  const active = ask.off.filter((id) => view.active.some((key) => key.id === id));
  if (active.length === 0) {
    return [
      `${keysWith(ask.off, 'stays', 'stay')} inactive. ${AFTER_GRACE[view.deletion](policy.usage !== null)}`,
      unless,
    ];
  }
  if (view.paused) {
    return [`${keyList(active)} will be deactivated as soon as Solekey is no longer paused.`, unless];
  }
  if (view.opens !== null) {
    const when = `when the change window opens, on ${openingWords(view.opens, policy.digest.zone)}`;
    return [`${keysWith(active, 'is', 'are')} deactivated ${when}. ${undoComes(policy)}`, unless];
  }
  const waits = waitsForBudget(view.current, policy, now);
  if (waits !== null) {
    return [`The deactivation of ${keyList(active)} ${waits}: ${hourlyLimit(policy)}.`, unless];
  }
  return [
    `${keysWith(active, 'is', 'are')} being deactivated, usually within a minute. ${undoComes(policy)}`,
    unless,
  ];
}
