import { describe, expect, it } from 'vitest';
import type { Case, Phase } from '../../../functions/core/case/case.ts';
import { verdictOf } from '../../../functions/core/config/verdict.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import type { Control, Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aDecision,
  allOff,
  key,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  older,
  POLICY,
  someSpared,
  THIRD,
} from '../../fakes/cases.ts';

const OPEN: Control = { pauses: [], revoked: [] };
const PAUSED: Control = { pauses: [{ from: NOW, to: null }], revoked: [] };

interface Given {
  readonly keys?: readonly ObservedKey[];
  readonly excluded?: boolean;
  readonly excludedBy?:
    | { readonly by: 'name'; readonly glob: string }
    | { readonly by: 'tag'; readonly key: string };
  readonly current?: Case | null;
  readonly unread?: true;
  readonly evidence?: { readonly usage: null; readonly about: null };
  readonly policy?: Partial<Policy>;
  readonly control?: Control;
}

/** The annotation, without the signature that each of them has where there is room. */
function annotation({ policy = {}, control = OPEN, ...given }: Given): string {
  const current = given.current === undefined ? aCase() : given.current;
  const keys = given.keys ?? current?.keys ?? [newer(), older()];
  const judged = { excluded: false, ...given, keys, current };
  const { annotation: text } = verdictOf(judged, { policy: { ...POLICY, ...policy }, control, now: NOW });
  expect(text).toMatch(/^[\x20-\x7e]{1,248} Solekey$/);
  return (text ?? '').slice(0, -' Solekey'.length);
}

/** Opens on the day after the present Monday, and on the Tuesday of each week. */
const WINDOW = {
  days: ['tue'],
  from: { hour: 9, minute: 0 },
  to: { hour: 16, minute: 0 },
  zone: 'UTC',
} as const;

const READ = { usage: null, about: null };
const unread = (found: ObservedKey): ObservedKey => ({ ...found, lastUsed: { kind: 'not-read' } });
const told = (phase: Phase, more: Partial<Case> = {}, given: Given = {}) =>
  annotation({ current: aCase({ phase, ...more }), ...given });

const KEYS = '2 active keys, seen since 2026-11-23: ...MPLE (used 2026-11-23), ...3QXK (used 2026-10-11).';

describe('several active keys', () => {
  const waits = `${KEYS} Waiting for Security lead or Platform lead`;
  const proposal = 'Proposal: keep ...MPLE.';
  const escalation: Partial<Policy> = { escalation: ['sec-lead'] };

  it.each<[string, string, string]>([
    [
      'without a case',
      annotation({ current: null }),
      '2 active keys: ...MPLE (used 2026-11-23), ...3QXK (used 2026-10-11). Not recorded yet; Solekey is checking.',
    ],
    [
      'a closed case',
      told('closed', { closedAs: 'by-owner' }),
      '2 active keys, seen since 2026-11-23: ...MPLE (used 2026-11-23), ...3QXK (used 2026-10-11). Not recorded yet; Solekey is checking.',
    ],
    ['awaiting a decision', told('awaiting-decision'), `${waits}. ${proposal}`],
    [
      'with the confidence, once the evidence was read that could lower it',
      told('awaiting-decision', {}, { evidence: READ }),
      `${waits}. Proposal: keep ...MPLE (medium).`,
    ],
    [
      'with an escalation to come',
      told('awaiting-decision', { toldAt: NOW }, { policy: escalation }),
      `${waits}; escalates 2026-11-30. ${proposal}`,
    ],
    [
      'nobody told yet',
      told('awaiting-decision', { toldAt: null }, { policy: escalation }),
      `${waits}. ${proposal}`,
    ],
    [
      'escalated',
      told('awaiting-decision', { toldAt: NOW, escalatedAt: plus(NOW, -DAY) }, { policy: escalation }),
      `${waits}; escalated 2026-11-22. ${proposal}`,
    ],
    [
      'overdue',
      told(
        'awaiting-decision',
        { toldAt: plus(NOW, -45 * DAY), escalatedAt: plus(NOW, -38 * DAY) },
        { policy: escalation },
      ),
      `${KEYS} Overdue since 2026-11-08. ${waits.slice(KEYS.length + 1)}; escalated 2026-10-16. ${proposal}`,
    ],
    [
      'held, and overdue',
      told('held', {
        heldFor: 'used-after-deactivation',
        toldAt: plus(NOW, -45 * DAY),
        phaseSince: plus(NOW, -45 * DAY),
      }),
      `${KEYS} Overdue since 2026-11-08. On hold: a key was used after it was deactivated, so it is not deleted.`,
    ],
    [
      'every approver revoked',
      told(
        'awaiting-decision',
        {},
        { control: { pauses: [], revoked: POLICY.approvers.map(({ id }) => id) } },
      ),
      `${KEYS} Waiting for an approver. ${proposal}`,
    ],
    [
      'last uses not read',
      told('awaiting-decision', {}, { keys: [unread(newer()), unread(older())] }),
      '2 active keys, seen since 2026-11-23: ...MPLE, ...3QXK. Waiting for Security lead or Platform lead.',
    ],
    [
      'a third key that is off, of which nobody read the last use',
      annotation({ keys: [newer(), older(), unread(key(THIRD, 'Inactive'))] }),
      `${waits}. ${proposal}`,
    ],
    [
      'never used',
      annotation({ keys: [key(NEWER), key(OLDER)], current: null }),
      '2 active keys: ...MPLE (no use known), ...3QXK (no use known). Not recorded yet; Solekey is checking.',
    ],
    [
      'observe mode',
      told('awaiting-decision', {}, { policy: { mode: 'observe' } }),
      `${KEYS} Observe mode: no key is changed. ${proposal}`,
    ],
    [
      'outside `only`',
      told(
        'awaiting-decision',
        { outside: true },
        { policy: { mode: { only: { tag: null, users: ['svc/*'] } } } },
      ),
      `${KEYS} Outside the setting "only": Solekey changes no key of this user. ${proposal}`,
    ],
    [
      'rotating',
      told('rotating', { rotationFrom: NOW }),
      `${KEYS} Rotation window until 2026-11-30; no action needed before.`,
    ],
    [
      'approved',
      told('approved', { decision: aDecision() }),
      `${KEYS} Decided by Platform lead on 2026-11-23: keep ...MPLE, deactivate the others; now being deactivated.`,
    ],
    [
      'approved, keeping none, by somebody who is no approver any more',
      told('approved', { decision: noneKept({ by: 'former-lead' }) }),
      `${KEYS} Decided by former-lead on 2026-11-23: deactivate all keys; now being deactivated.`,
    ],
    [
      'approved while paused',
      told('approved', { decision: aDecision() }, { control: PAUSED }),
      `${KEYS} Decided by Platform lead on 2026-11-23: keep ...MPLE, deactivate the others; deactivation waits: paused.`,
    ],
    [
      'approved beyond what an hour allows',
      told('approved', { decision: aDecision({ heldUp: { since: NOW, seconds: 0 } }) }),
      `${KEYS} Decided by Platform lead on 2026-11-23: keep ...MPLE, deactivate the others; deactivation waits: hourly limit of changes.`,
    ],
    [
      'approved, while the change window is closed',
      told(
        'approved',
        { decision: aDecision({ heldUp: { since: NOW, seconds: 0 } }) },
        { policy: { changeWindow: WINDOW } },
      ),
      `${KEYS} Decided by Platform lead on 2026-11-23: keep ...MPLE, deactivate the others; deactivation waits: change window.`,
    ],
    [
      'approved, with a wait that has ended',
      told('approved', { decision: aDecision({ heldUp: { since: null, seconds: 60 } }) }),
      `${KEYS} Decided by Platform lead on 2026-11-23: keep ...MPLE, deactivate the others; now being deactivated.`,
    ],
    [
      'approved, and the decision void',
      told('approved', { decision: null }),
      `${KEYS} No longer as decided; Solekey is checking again.`,
    ],
    [
      'an exception that is no longer about these keys',
      told('exception'),
      `${KEYS} No longer as decided; Solekey is checking again.`,
    ],
    ['grace', told('grace'), `${KEYS} No longer as decided; Solekey is checking again.`],
    [
      'held for no known reason',
      told('held', { heldFor: null }),
      `${KEYS} No longer as decided; Solekey is checking again.`,
    ],
    [
      'excluded, nobody knows how',
      told('excluded', {}, { excluded: true }),
      `${KEYS} Excluded by tag or settings: Solekey never changes this user.`,
    ],
    [
      'excluded by a tag',
      told('excluded', {}, { excluded: true, excludedBy: { by: 'tag', key: 'solekey:exclude' } }),
      `${KEYS} Excluded by the tag solekey:exclude: Solekey never changes this user.`,
    ],
    [
      'excluded by name',
      told('excluded', {}, { excluded: true, excludedBy: { by: 'name', glob: 'break-glass-*' } }),
      `${KEYS} Excluded by the name rule break-glass-*: Solekey never changes this user.`,
    ],
    [
      'excluded by a tag too long to quote',
      told('excluded', {}, { excluded: true, excludedBy: { by: 'tag', key: 'x'.repeat(61) } }),
      `${KEYS} Excluded by a tag: Solekey never changes this user.`,
    ],
    [
      'excluded by a glob too long to quote',
      told('excluded', {}, { excluded: true, excludedBy: { by: 'name', glob: 'x'.repeat(61) } }),
      `${KEYS} Excluded by a name rule: Solekey never changes this user.`,
    ],
    [
      'a case that cannot be read',
      annotation({ current: null, unread: true }),
      '2 active keys: ...MPLE (used 2026-11-23), ...3QXK (used 2026-10-11). Based on its keys alone: the running release of Solekey cannot read the case of this user.',
    ],
  ])('%s', (_, found, text) => {
    expect(found).toBe(text);
  });

  it('names three approvers at most', () => {
    const approvers = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
      id,
      name: `Lead ${id}`,
      email: `${id}@x.org`,
    }));
    expect(annotation({ policy: { approvers } })).toContain(
      'Waiting for Lead a or Lead b or Lead c or 2 more.',
    );
  });

  it('writes a name that has no printable form as the id', () => {
    const approvers = [{ id: 'sec-lead', name: '安全', email: 'a@x.org' }];
    expect(annotation({ policy: { approvers } })).toContain('Waiting for sec-lead.');
  });
});

describe('an exception', () => {
  const until = plus(NOW, 69 * DAY);
  const ends = { deactivated: NOW, graceEnds: plus(NOW, 7 * DAY) };
  const spared = (more: Partial<Case> = {}) =>
    aCase({
      phase: 'exception',
      decision: someSpared({ by: 'sec-lead', until }),
      ...more,
    });
  const words = 'Exception until 2027-01-31 by Security lead.';

  it.each<[string, Case, string]>([
    ['at rest', spared(), words],
    [
      'while a key that the same decision deactivated is in its grace period',
      spared({ phase: 'grace', progress: { [THIRD]: ends } }),
      `${words} ...R7WZ is inactive and will be deleted 2026-11-30.`,
    ],
    [
      'while the deletion of that key waits for a person',
      spared({ phase: 'awaiting-confirmation', progress: { [THIRD]: ends } }),
      `${words} ...R7WZ is inactive; deletion waits: confirmation by Security lead or Platform lead.`,
    ],
    [
      'on hold',
      spared({ phase: 'held', heldFor: 'unknown' }),
      `${words} On hold: IAM cannot be read for this user or refuses changes, so a person needs to check.`,
    ],
  ])('%s', (_, current, text) => {
    expect(annotation({ current })).toMatch(/^2 active keys[^:]*: \.\.\.MPLE.*, \.\.\.3QXK/);
    expect(annotation({ current })).toMatch(new RegExp(`\\. ${text.replace(/[.:]/g, '\\$&')}$`));
  });
});

describe('urgent first: a key of an unexpected creator', () => {
  const strict: Partial<Policy> = { trustedCreators: [] };
  const by = { createdBy: 'user/mallory', at: NOW };

  it('comes before the others, without its creator', () => {
    const found = told('awaiting-decision', { origins: { [OLDER]: by } }, { policy: strict });
    expect(found).toBe(
      'URGENT 2 active keys, seen since 2026-11-23: ...3QXK (used 2026-10-11) was created by an unexpected creator; ...MPLE (used 2026-11-23). Waiting for Security lead or Platform lead. Proposal: keep ...MPLE.',
    );
  });

  it('proposes nothing if it is the key in use', () => {
    const found = told('awaiting-decision', { origins: { [NEWER]: by } }, { policy: strict });
    expect(found).toMatch(
      /^URGENT .*: \.\.\.MPLE \(used 2026-11-23\) was .*; \.\.\.3QXK .*\. Waiting for [^.]*\.$/,
    );
  });

  it('may be all of them', () => {
    const found = told('awaiting-decision', { origins: { [NEWER]: by, [OLDER]: by } }, { policy: strict });
    expect(found).toContain(
      ': ...MPLE (used 2026-11-23), ...3QXK (used 2026-10-11) were created by unexpected creators. Waiting',
    );
  });

  it('is none that is off, or that has gone', () => {
    const given = { policy: strict, keys: [newer(), older(), key(THIRD, 'Inactive')] };
    expect(told('awaiting-decision', { origins: { [THIRD]: by } }, given)).toMatch(/^2 active keys/);
  });
});

describe('since when', () => {
  const since = (current: Case, keys = current.keys) => /keys(.*?):/.exec(annotation({ current, keys }))?.[1];
  const young = key(NEWER, 'Active', { created: plus(NOW, -3 * HOUR), lastUsed: newer().lastUsed });

  it.each<[string, string | undefined, string]>([
    [
      'the day on which the second key was made',
      since(aCase({ keys: [young, older()] })),
      ' since 2026-11-23',
    ],
    ['the day on which older keys were first seen', since(aCase()), ', seen since 2026-11-23'],
    [
      'three keys, of which the second was made then',
      since(aCase({ keys: [young, older(), { ...young, id: THIRD }] })),
      ', more than one since 2026-11-23',
    ],
    [
      'three keys that may be older',
      since(aCase({ keys: [young, older(), key(THIRD)] })),
      ', seen since 2026-11-23',
    ],
    [
      'a violation that returned',
      since(aCase({ opened: plus(NOW, -9 * DAY), reopenedAt: plus(NOW, -DAY) })),
      ', seen since 2026-11-22',
    ],
    [
      'a key that we had deactivated: the present question',
      since(aCase({ opened: plus(NOW, -9 * DAY), progress: { [OLDER]: { deactivated: NOW } } })),
      ', seen since 2026-11-23',
    ],
    [
      'a key that was restored',
      since(aCase({ opened: plus(NOW, -9 * DAY), phase: 'rotating', restored: { [OLDER]: 1 } })),
      ', seen since 2026-11-23',
    ],
    [
      'a key that somebody reactivated, and a hold',
      since(
        aCase({
          opened: plus(NOW, -9 * DAY),
          phase: 'held',
          heldFor: 'unknown',
          askedAgain: { code: 'reactivated', keyId: OLDER },
        }),
      ),
      '',
    ],
  ])('%s', (_, found, words) => {
    expect(found).toBe(words);
  });
});

describe('at most one active key', () => {
  const off = '1 active key: ...MPLE. ...3QXK is inactive';
  const by = ' Decided by Platform lead on 2026-11-23.';
  const ends = { deactivated: NOW, graceEnds: plus(NOW, 7 * DAY) };
  const late = { deactivated: plus(NOW, -7 * DAY), graceEnds: plus(NOW, -HOUR) };
  const announced = {
    announcedTo: { 'sec-lead': { address: aDecision().address, at: plus(NOW, -2 * DAY), date: null } },
  };
  const inGrace = (more: Partial<Case> = {}, progress: object = ends) =>
    aCase({
      phase: 'grace',
      keys: [newer(), older('Inactive')],
      decision: aDecision({ carriedOutAt: NOW }),
      progress: { [OLDER]: progress },
      ...more,
    });
  const reach = (...marks: string[]): Control => ({
    ...OPEN,
    reached: Object.fromEntries(marks.map((mark) => [mark, plus(NOW, -30 * DAY)])),
  });
  /** Announced to somebody who is an approver with that address. */
  const toldTo = { ...late, announcedTo: { 'platform-lead': { ...announced.announcedTo['sec-lead'] } } };

  it.each<[string, Given, string]>([
    ['grace', { current: inGrace() }, `${off} and will be deleted 2026-11-30.${by}`],
    ['paused', { current: inGrace(), control: PAUSED }, `${off}; deletion waits: paused.${by}`],
    [
      'deletion on confirmation',
      { current: inGrace(), policy: { deletion: 'on-confirmation' } },
      `${off} and will be deleted only if a person confirms it.${by}`,
    ],
    [
      'awaiting that confirmation',
      { current: inGrace({ phase: 'awaiting-confirmation' }) },
      `${off}; deletion waits: confirmation by Security lead or Platform lead.${by}`,
    ],
    [
      'awaiting it for long',
      { current: inGrace({ phase: 'awaiting-confirmation', toldAt: plus(NOW, -40 * DAY) }) },
      `${off}; deletion waits: confirmation by Security lead or Platform lead. Overdue since 2026-11-13.${by}`,
    ],
    [
      'confirmed',
      {
        current: inGrace({
          phase: 'awaiting-confirmation',
          decision: aDecision({ confirmed: { by: 'sec-lead', address: '', at: NOW } }),
        }),
        policy: { deletion: 'on-confirmation' },
      },
      `${off} and will be deleted 2026-11-30.${by}`,
    ],
    [
      'never deleted',
      { current: inGrace(), policy: { deletion: 'never' } },
      `${off} and will not be deleted.${by}`,
    ],
    [
      'never deleted, and paused',
      { current: inGrace(), policy: { deletion: 'never' }, control: PAUSED },
      `${off} and will not be deleted.${by}`,
    ],
    [
      'only observed by now',
      { current: inGrace(), policy: { mode: 'observe' } },
      `${off}; deletion waits: observe mode.${by}`,
    ],
    [
      'outside `only` by now',
      { current: inGrace({ outside: true }), policy: { mode: { only: { tag: null, users: ['x'] } } } },
      `${off}; deletion waits: user is outside the setting "only".${by}`,
    ],
    [
      'being deleted',
      { current: inGrace({ phase: 'deleting' }, late) },
      `${off} and about to be deleted.${by}`,
    ],
    [
      'nobody to announce it to',
      { current: inGrace({}, late), control: reach() },
      `${off}; deletion waits: nobody reachable.${by}`,
    ],
    [
      'nobody to announce it to, long before it is due',
      { current: inGrace(), control: reach() },
      `${off} and will be deleted 2026-11-30.${by}`,
    ],
    [
      'announced late: a day from now at the earliest',
      { current: inGrace({}, late), control: reach(aDecision().address) },
      `${off} and will be deleted 2026-11-24.${by}`,
    ],
    [
      'due, and nothing in its way',
      { current: inGrace({}, toldTo), control: reach(aDecision().address) },
      `${off} and due for deletion.${by}`,
    ],
    [
      'due, while the change window is closed',
      {
        current: inGrace({}, toldTo),
        control: reach(aDecision().address),
        policy: { changeWindow: WINDOW },
      },
      `${off}; deletion waits: change window.${by}`,
    ],
    [
      'due on a day without a change window: on the next one',
      { current: inGrace(), policy: { changeWindow: WINDOW } },
      `${off} and will be deleted 2026-12-01.${by}`,
    ],
    [
      'due, and nobody knows yet who used it',
      {
        current: inGrace({ keys: [newer(), { ...older('Inactive'), lastUsed: newer().lastUsed }] }, toldTo),
        policy: { usage: [] },
      },
      `${off}; deletion waits: usage lookup.${by}`,
    ],
    [
      'due, and its work was seen with the kept key',
      {
        current: inGrace(
          {
            keys: [newer(), { ...older('Inactive'), lastUsed: newer().lastUsed }],
            decision: aDecision({ workMoved: NOW }),
          },
          toldTo,
        ),
        policy: { usage: [] },
      },
      `${off} and due for deletion.${by}`,
    ],
    [
      'due, and confirmed by a person',
      {
        current: inGrace(
          {
            keys: [newer(), { ...older('Inactive'), lastUsed: newer().lastUsed }],
            decision: aDecision({ confirmed: { by: 'sec-lead', address: '', at: NOW } }),
          },
          toldTo,
        ),
        policy: { usage: [] },
      },
      `${off} and due for deletion.${by}`,
    ],
    [
      'due, and it was not in use',
      { current: inGrace({}, toldTo), policy: { usage: [] } },
      `${off} and due for deletion.${by}`,
    ],
    [
      'asked about one',
      { current: inGrace({ phase: 'awaiting-decision', decision: null }) },
      `${off}. Waiting for Security lead or Platform lead to decide what happens next.`,
    ],
    [
      'no decision any more',
      { current: inGrace({ decision: null }) },
      `${off}; there is no decision yet on what happens next.`,
    ],
    [
      'held',
      { current: inGrace({ phase: 'held', heldFor: 'unknown' }) },
      `${off}. On hold: IAM cannot be read for this user or refuses changes, so a person needs to check.`,
    ],
    [
      'held for no known reason',
      { current: inGrace({ phase: 'held' }) },
      `${off}. No longer as decided; Solekey is checking again.`,
    ],
    [
      'none active',
      { current: inGrace({ phase: 'held', heldFor: 'no-active-key', keys: [older('Inactive')] }) },
      'URGENT 0 active keys. ...3QXK is inactive. On hold: no key was active any more, so a person needs to check.',
    ],
    [
      'none active, as decided',
      { current: allOff() },
      `0 active keys. ...MPLE and ...3QXK are inactive and will be deleted 2026-11-30.${by}`,
    ],
    [
      'a key of ours without a date yet',
      { current: inGrace({}, { deactivated: NOW }) },
      `${off}; no date of deletion yet.${by}`,
    ],
    [
      'two of ours off',
      { current: inGrace({ progress: { [OLDER]: ends, [THIRD]: ends } }) },
      `1 active key: ...MPLE. ...3QXK and ...R7WZ are inactive and will be deleted 2026-11-30.${by}`,
    ],
  ])('%s', (_, given, text) => {
    expect(annotation(given)).toBe(text);
  });
});
