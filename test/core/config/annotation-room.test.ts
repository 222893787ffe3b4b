/** Every annotation fits, whoever is named in it and however many there are, and nothing in it is cut. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case, Phase } from '../../../functions/core/case/case.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { verdictOf } from '../../../functions/core/config/verdict.ts';
import type { KeyStatus } from '../../../functions/core/model/observation.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, key, NEWER, NOW, noneKept, POLICY, used } from '../../fakes/cases.ts';

const LONG = (n: number) =>
  `${String(n).padStart(2, '0')} ${'Wolfeschlegelsteinhausenbergerdorff von und zu '.repeat(2)}`.slice(0, 60);
const names = fc.oneof(
  fc.constant('long'),
  fc.constant('Žofie Ärmel'),
  fc.constant('安全リーダー'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
);
const phases: Phase[] = [
  'rotating',
  'awaiting-decision',
  'exception',
  'approved',
  'grace',
  'awaiting-confirmation',
  'deleting',
  'held',
  'excluded',
];
const day = fc.integer({ min: -60, max: 60 }).map((days) => plus(NOW, days * DAY));
const id = (n: number) => `AKIAIOSFODNN7EXAM${String(n).padStart(3, '0')}`;

/** Anything that a case and the settings can hold, whether it goes together or not. */
const situations = fc.record({
  people: fc.integer({ min: 1, max: 200 }),
  name: names,
  phase: fc.constantFrom(...phases),
  statuses: fc.array(fc.constantFrom<KeyStatus>('Active', 'Active', 'Inactive'), {
    minLength: 1,
    maxLength: 8,
  }),
  strangers: fc.integer({ min: 0, max: 8 }),
  off: fc.integer({ min: 0, max: 8 }),
  lastUsed: fc.constantFrom(used(plus(NOW, -DAY)), { kind: 'never' } as const, { kind: 'not-read' } as const),
  excludedBy: fc.constantFrom(
    null,
    { by: 'name', glob: 'x'.repeat(140) } as const,
    { by: 'tag', key: 'solekey:exclude'.repeat(8) } as const,
  ),
  excluded: fc.boolean(),
  decided: fc.constantFrom('keep', 'none', null),
  until: day,
  toldAt: fc.option(day),
  escalatedAt: fc.option(day),
  heldFor: fc.constantFrom('unknown', 'no-active-key', 'restore-by-hand', 'used-after-deactivation', null),
  paused: fc.boolean(),
  evidence: fc.boolean(),
  deletion: fc.constantFrom('after-grace', 'on-confirmation', 'never'),
  reached: fc.boolean(),
  usage: fc.constantFrom(null, [] as string[]),
  opened: day,
  graceEnds: day,
});
type Given = typeof situations extends fc.Arbitrary<infer One> ? One : never;

function policyOf({ people, name, deletion, usage }: Given): Policy {
  const approvers = Array.from({ length: people }, (_, n) => ({
    id: `${'a'.repeat(30)}-${n}`,
    name: name === 'long' ? LONG(n) : name,
    email: `${n}@x.org`,
  }));
  return { ...POLICY, approvers, escalation: [approvers[0]?.id ?? ''], deletion, usage, trustedCreators: [] };
}

function verdictFor(given: Given, policy: Policy) {
  const keys = given.statuses.map((status, n) => key(id(n), status, { lastUsed: given.lastUsed }));
  const by = policy.approvers[0]?.id ?? '';
  const decision = { keep: aDecision, none: noneKept };
  const active = keys.filter(({ status }) => status === 'Active').map((one) => one.id);
  const terms = { by, shownActive: active, deactivate: [], until: given.until } as object;
  const current: Case = aCase({
    phase: given.phase,
    keys,
    opened: given.opened,
    toldAt: given.toldAt,
    escalatedAt: given.escalatedAt,
    heldFor: given.heldFor,
    decision: given.decided === null ? null : decision[given.decided](terms),
    origins: Object.fromEntries(
      keys.slice(0, given.strangers).map((one) => [one.id, { createdBy: 'user/mallory', at: NOW }]),
    ),
    progress: Object.fromEntries(
      keys
        .slice(0, given.off)
        .map((one) => [one.id, { deactivated: plus(given.graceEnds, -DAY), graceEnds: given.graceEnds }]),
    ),
  });
  const { excluded, excludedBy } = given;
  const evidence = given.evidence ? { usage: null, about: null } : undefined;
  const pauses = given.paused ? [{ from: plus(NOW, -DAY), to: null }] : [];
  const reached = given.reached ? { [addressMark('0@x.org')]: plus(NOW, -30 * DAY) } : {};
  const control = { pauses, revoked: [], reached };
  return verdictOf({ keys, excluded, excludedBy, current, evidence }, { policy, control, now: NOW });
}

describe('every annotation', () => {
  it('has at most 256 printable characters, ends with a sentence, and has only whole keys, names and days', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const policy = policyOf(given);
        const { annotation } = verdictFor(given, policy);
        if (annotation === null) {
          return;
        }
        expect(annotation).toMatch(/^(?:URGENT )?\d+ active keys?[^\n]*\.(?: Solekey)?$/);
        expect(annotation).toMatch(/^[\x20-\x7e]{1,256}$/);
        // In other names there may be anything, dots and digits included.
        if (given.name === 'long') {
          const rest = policy.approvers.reduce((text, { name }) => text.replaceAll(name, ''), annotation);
          expect(rest).not.toContain('Wolf');
          expect(rest.replace(/\.\.\.(?:M\d{3}|MPLE)(?![A-Z0-9])/g, '')).not.toMatch(/\.\.\.[A-Z0-9]|\.\.$/);
          expect(rest).not.toMatch(/\d{4}-(?!\d\d-\d\d)|\d{4}-\d\d-\d?(?!\d)/);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('promises no deletion for a day that has passed', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const [, promised = '9999'] =
          /deleted (\d{4}-\d\d-\d\d)/.exec(verdictFor(given, policyOf(given)).annotation ?? '') ?? [];
        expect(promised >= NOW.slice(0, 10)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same throughout a day, while the facts are', () => {
    const policy = policyOf({ people: 2, name: 'long', deletion: 'after-grace', usage: null } as Given);
    for (const phase of phases) {
      const current = aCase({ phase, decision: aDecision(), heldFor: 'unknown', rotationFrom: NOW });
      const at = (now: string) =>
        verdictOf(
          { keys: current.keys, excluded: false, current },
          { policy, control: { pauses: [], revoked: [] }, now },
        );
      const hours = ['2026-11-25T00:30:00.000Z', '2026-11-25T12:00:00.000Z', '2026-11-25T23:59:00.000Z'];
      expect(new Set(hours.map((now) => at(now).annotation)).size, phase).toBe(1);
    }
  });
});

describe('what has no room is left out whole, the least important first', () => {
  const many = (count: number, approvers: Policy['approvers'] = POLICY.approvers) => {
    const keys = Array.from({ length: count }, (_, n) => key(id(n), 'Active', { lastUsed: used(NOW) }));
    const judged = {
      keys,
      excluded: false,
      current: aCase({ keys }),
      evidence: { usage: null, about: null },
    };
    const context = { policy: { ...POLICY, approvers }, control: { pauses: [], revoked: [] }, now: NOW };
    return verdictOf(judged, context).annotation;
  };
  const long = [0, 1, 2, 3].map((n) => ({ id: `a-${n}`, name: LONG(n), email: `${n}@x.org` }));
  const keys = '2 active keys, seen since 2026-11-23: ...M000 (used 2026-11-23), ...M001 (used 2026-11-23).';

  it.each<[string, string | null, string]>([
    [
      'nothing',
      many(2),
      `${keys} Waiting for Security lead or Platform lead. Proposal: keep ...M000 (low). Solekey`,
    ],
    [
      'the signature, the third and second person, and the last uses',
      many(2, long),
      `2 active keys, seen since 2026-11-23: ...M000, ...M001. Waiting for ${LONG(0)} or ${LONG(1)} or 2 more. Proposal: keep ...M000 (low).`,
    ],
    [
      'one person among many keys',
      many(8, long.slice(0, 1)),
      `8 active keys, seen since 2026-11-23: ...M000, ...M001, ...M002, ...M003, ...M004, ...M005, ...M006, ...M007. Waiting for ${LONG(0)}. Proposal: keep ...M000 (low).`,
    ],
    ['all keys', many(50, long), '50 active keys. Waiting for 4 approvers.'],
    ['all keys, with one to ask', many(50, long.slice(0, 1)), '50 active keys. Waiting for 1 approver.'],
  ])('%s', (_, found, text) => {
    expect(found).toBe(text);
  });

  const ids = Array.from({ length: 40 }, (_, n) => id(n));
  const context = { policy: POLICY, control: { pauses: [], revoked: [] }, now: NOW };

  it('all keys with an alarm, which are counted', () => {
    const keys = ids.map((one) => key(one));
    const origins = Object.fromEntries(ids.map((one) => [one, { createdBy: 'user/mallory', at: NOW }]));
    const judged = { keys, excluded: false, current: aCase({ keys, origins }) };
    const policy = { ...POLICY, trustedCreators: [] };
    expect(verdictOf(judged, { ...context, policy }).annotation).toBe(
      'URGENT 40 active keys: 40 were created by unexpected creators. Waiting for 2 approvers.',
    );
  });

  it('all inactive keys', () => {
    const keys = [key(NEWER), ...ids.map((one) => key(one, 'Inactive'))];
    const progress = Object.fromEntries(ids.map((one) => [one, { deactivated: NOW, graceEnds: NOW }]));
    const judged = {
      keys,
      excluded: false,
      current: aCase({ keys, phase: 'held', heldFor: 'unknown', progress }),
    };
    expect(verdictOf(judged, context).annotation).toMatch(/^1 active key. Others are inactive\. \S/);
  });
});
