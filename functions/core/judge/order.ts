/**
 * The order of judgement, from top to bottom. Each rule says what it finds and why it is at this place; the first rule
 * that ends the judgement wins. docs/rules.md explains the numbers, and docs/adr/002 why the order is a list. A test
 * compares all three.
 */
import type { Ask } from '../case/requests.ts';
import type { Observation } from '../model/observation.ts';
import { adoptDecision, adoptRestore } from './adopt.ts';
import { atMostOne, awaiting, rotating } from './ask.ts';
import { carryOut, voidIfContradicted } from './carry-out.ts';
import { adoptConfirmation, confirmationLapses } from './deletion-confirmation.ts';
import { leased, userGone, userUnread, withoutCase } from './early.ts';
import { spared } from './exception.ts';
import { adoptKeepInactive } from './keep-inactive.ts';
import { excluded, outside, restore } from './safety.ts';
import type { Draft, Early, Ending, Seen, Situation, Step } from './situation.ts';

/** One rule of the order. */
export interface Rule<Judges> {
  /** Its number in the order of judgement; null for a restore, which is outside the eight. */
  readonly judgement: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | null;
  /** The situation in which it applies. */
  readonly finds: string;
  /** The reason for its effect and for its place. */
  readonly why: string;
  readonly rule: Judges;
}

/** The rule that ends the judgement if the user was not observed. Every rule of {@link ORDER} relies on that. */
const NOT_SEEN = {
  unknown: userUnread,
  missing: userGone,
} as const satisfies Record<Exclude<Observation['kind'], 'user'>, (situation: Situation) => Early | null>;

/** Rules that apply before anything is recorded. They end a pass that has nothing to judge. */
export const FIRST: readonly Rule<(situation: Situation) => Early | null>[] = [
  {
    judgement: 1,
    finds: 'another pass has the lease',
    why: 'what that pass is about to change is not known before its lease has run out',
    rule: leased,
  },
  {
    judgement: 1,
    finds: 'the user or the key list could not be read',
    why: 'unknown changes nothing; after a day without an answer a person must know',
    rule: NOT_SEEN.unknown,
  },
  {
    judgement: 2,
    finds: 'the user is gone',
    why: 'there is nothing left to change; one reading may lag, so a second must say the same',
    rule: NOT_SEEN.missing,
  },
  {
    judgement: 5,
    finds: 'no open case, and at most one Active key',
    why: 'nothing is pending, so there is nothing to record',
    rule: withoutCase,
  },
];

/** The rule that handles an answer, by its kind. Without a rule an answer would never be handled. */
const TAKEN_UP_BY = {
  restore: adoptRestore,
  keep: adoptDecision,
  none: adoptDecision,
  'not-now': adoptDecision,
  confirm: adoptConfirmation,
  'keep-inactive': adoptKeepInactive,
} as const satisfies Record<Ask['kind'], (situation: Seen, draft: Draft) => Step>;

/**
 * Rules for a user who was observed; the draft contains the observation. Each ends the judgement or returns a draft,
 * which it may have amended.
 */
export const ORDER: readonly Rule<(situation: Seen, draft: Draft) => Step>[] = [
  {
    judgement: null,
    finds: 'an approver asked for keys back',
    why: 'stands before all that could void or wait, so that the wish is on record even where it cannot be carried out',
    rule: TAKEN_UP_BY.restore,
  },
  {
    judgement: 3,
    finds: 'the user is excluded',
    why: "never changed, not even by a restore: the role's own policy denies it",
    rule: excluded,
  },
  {
    judgement: 3,
    finds: 'the setting `only` leaves the user out',
    why: "seen and reported, never changed: the role's own policy does not reach these users",
    rule: outside,
  },
  {
    judgement: null,
    finds: 'a key is to be reactivated',
    why: 'an outage may hang on it, so nothing further down may stop it',
    rule: restore,
  },
  {
    judgement: 4,
    finds: 'the decision is contradicted by what was seen, too old, or its approver is gone',
    why: 'falls before an answer is taken up, so that no answer to the old question counts for the new one',
    rule: voidIfContradicted,
  },
  {
    judgement: 6,
    finds: 'a valid answer about exactly these keys',
    why: 'becomes the decision, which the rules below carry out or carry on',
    rule: TAKEN_UP_BY.keep,
  },
  {
    judgement: 5,
    finds: 'a valid confirmation of exactly this deletion',
    why: 'joins the decision before the deletion is judged',
    rule: TAKEN_UP_BY.confirm,
  },
  {
    judgement: 5,
    finds: 'a valid answer that keeps keys inactive until a date',
    why: 'puts their deletion off before it is judged, also one that was confirmed',
    rule: TAKEN_UP_BY['keep-inactive'],
  },
  {
    judgement: 5,
    finds: 'a confirmation not yet acted on that is too old, or whose approver is gone',
    why: 'asked for once more, before the deletion is judged',
    rule: confirmationLapses,
  },
  {
    judgement: 6,
    finds: 'a decision, and more Active keys than it leaves',
    why: 'a person decided on exactly these keys: the next one is deactivated, also the last one if all were to be',
    rule: carryOut,
  },
  {
    judgement: 6,
    finds: 'an exception, and exactly the keys that it leaves Active',
    why: 'nobody has to act before its end, so it comes before the questions; what this case deactivated carries on as in 5',
    rule: spared,
  },
  {
    judgement: 5,
    finds: 'at most one Active key',
    why: 'the violation is over: what is left is to carry on, to ask about inactive keys, to hold, or to close',
    rule: atMostOne,
  },
  {
    judgement: 7,
    finds: 'more than one Active key, the newest within its rotation window, and no alarm',
    why: 'a rotation needs two keys for a while, so nobody has to act yet',
    rule: rotating,
  },
];

/** The rule for everything that no other rule has ended. */
export const LAST: Rule<(situation: Seen, draft: Draft) => Ending> = {
  judgement: 8,
  finds: 'more than one Active key',
  why: 'only a person may decide which one to keep: ask, remind, escalate',
  rule: awaiting,
};
