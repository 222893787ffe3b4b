/** `decisions`: what is decided and not carried out yet, why it waits, and until when. */
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { DAY, HOUR, type Instant, plus } from '../../../functions/core/model/time.ts';
import type { ListedCase } from '../../../ops/control/world.ts';
import {
  aCase,
  aDecision,
  key,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  older,
  THIRD,
} from '../../fakes/cases.ts';
import { ControlWorld, ran } from '../../fakes/control-world.ts';

interface Shown {
  readonly decisions: readonly {
    readonly userName: string;
    readonly by: string;
    readonly decidedAt: Instant;
    readonly deactivate: readonly string[];
    readonly waitsFor: string;
    readonly waitsUntil: Instant | null;
    readonly validUntil: Instant | null;
  }[];
  readonly paused: { readonly since: Instant } | null;
  readonly unreadable: number;
}

function decided(
  userName: string,
  decision: Parameters<typeof aDecision>[0] = {},
  more: Partial<Case> = {},
): ListedCase {
  const made = aDecision({ carriedOutAt: null, ...decision });
  return { case: aCase({ userName, phase: 'approved', decision: made, ...more }), rank: `5#${NOW}` };
}

function worldOf(...listed: readonly ListedCase[]): ControlWorld {
  const w = new ControlWorld();
  w.listed = [...listed];
  return w;
}

async function shown(w: ControlWorld): Promise<Shown> {
  const { out } = await ran(w, 'decisions', '--json');
  return (JSON.parse(out) as { readonly result: Shown }).result;
}

const words = async (w: ControlWorld) => {
  const { code, out, err } = await ran(w, 'decisions');
  return { code, lines: out === '' ? [] : out.split('\n'), notes: err.split('\n').slice(1) };
};

describe('the list', () => {
  it('is of decisions with keys that are still Active, the oldest first, in a table', async () => {
    const w = worldOf(
      decided('young', { at: plus(NOW, -HOUR) }),
      { case: aCase({ userName: 'undecided' }), rank: `4#${NOW}` },
      decided('carried-out', {}, { phase: 'grace', keys: [newer(), older('Inactive')] }),
      decided('gone', {}, { keys: [newer()] }),
      decided('old', { at: plus(NOW, -2 * DAY), by: 'sec-lead' }),
    );
    expect(await words(w)).toEqual({
      code: 0,
      lines: [
        '   old    deactivate ...3QXK  by sec-lead on 21 Nov 2026, 16:10 UTC       being carried out; valid until 28 Nov 2026, 16:10 UTC',
        '   young  deactivate ...3QXK  by platform-lead on 23 Nov 2026, 15:10 UTC  being carried out; valid until 30 Nov 2026, 15:10 UTC',
      ],
      notes: ['2 decisions to carry out, 2 keys to deactivate. For one of them: npm run control -- show old'],
    });
    expect((await shown(w)).decisions).toEqual([
      {
        account: '123456789012',
        userName: 'old',
        userId: aCase().userId,
        number: 3,
        by: 'sec-lead',
        decidedAt: plus(NOW, -2 * DAY),
        deactivate: ['3QXK'],
        waitsFor: 'none',
        waitsUntil: null,
        validUntil: plus(NOW, 5 * DAY),
      },
      expect.objectContaining({ userName: 'young' }),
    ]);
  });

  it('has only the keys that are left of a decision', async () => {
    const keys = [newer(), older('Inactive'), key(THIRD)];
    const some = decided(
      'some',
      { deactivate: [OLDER, THIRD], shownActive: [NEWER, OLDER, THIRD] },
      { keys },
    );
    const all = { case: aCase({ userName: 'all', phase: 'approved', decision: noneKept() }), rank: null };
    const w = worldOf(some, all);
    const { decisions } = await shown(w);
    expect(decisions.map(({ deactivate }) => deactivate)).toEqual([['R7WZ'], ['MPLE', '3QXK']]);
    expect((await words(w)).notes).toEqual([
      '2 decisions to carry out, 3 keys to deactivate. For one of them: npm run control -- show some',
    ]);
  });

  it('may be empty', async () => {
    expect(await words(worldOf())).toEqual({
      code: 0,
      lines: [],
      notes: ['Every decision has been carried out.'],
    });
  });

  it.each([
    [1, '1 open case cannot be read by this release, so a decision in it is not listed.'],
    [2, '2 open cases cannot be read by this release, so decisions in them are not listed.'],
  ])('says how many cases it cannot read: %d', async (count, note) => {
    const unread = { why: 'newer', reason: 'x', userId: 'AIDA1', userName: null, number: null, keys: [] };
    const w = worldOf(
      decided('one'),
      ...Array.from({ length: count }, () => ({ case: unread, rank: null }) as unknown as ListedCase),
    );
    const { notes, lines } = await words(w);
    expect(lines).toHaveLength(1);
    expect(notes).toEqual([
      '1 decision to carry out, 1 key to deactivate. For one of them: npm run control -- show one',
      note,
    ]);
    expect((await shown(w)).unreadable).toBe(count);
  });
});

describe('why a decision waits, and until when', () => {
  const at = plus(NOW, -HOUR);

  it('for the hourly limit, until the next clock hour; the wait does not count against its validity', async () => {
    const w = worldOf(decided('a', { at, heldUp: { since: plus(NOW, -1800), seconds: 600 } }));
    expect((await shown(w)).decisions).toMatchObject([
      {
        waitsFor: 'hourly-limit',
        waitsUntil: '2026-11-23T17:00:00.000Z',
        validUntil: plus(NOW, 7 * DAY - HOUR + 2400),
      },
    ]);
    expect((await words(w)).lines[0]).toContain(
      'waits for the hourly limit of 20 changes until 23 Nov 2026, 17:00 UTC; valid until 30 Nov 2026, 15:50 UTC, later if it waits longer',
    );
  });

  it('for the change window, until it opens, and before the hourly limit', async () => {
    const w = worldOf(decided('a', { at, heldUp: { since: NOW, seconds: 0 } }));
    const changeWindow = { days: ['tue', 'thu'], from: '09:00', to: '16:00' };
    w.outputs.DecisionTerms = JSON.stringify({
      decisionValid: 'P7D',
      changesPerHour: 20,
      changeWindow,
      zone: 'UTC',
    });
    expect((await shown(w)).decisions).toMatchObject([
      { waitsFor: 'change-window', waitsUntil: '2026-11-24T09:00:00.000Z' },
    ]);
    expect((await words(w)).lines[0]).toContain(
      'waits for the change window, which opens 24 Nov 2026, 09:00 UTC; valid until 30 Nov 2026, 15:10 UTC, later if it waits longer',
    );
    const compromised = decided('a', { at, reason: 'compromised' });
    w.listed = [compromised];
    expect((await shown(w)).decisions).toMatchObject([{ waitsFor: 'none' }]);
  });

  it('not any more for it', async () => {
    const w = worldOf(decided('a', { at, heldUp: { since: null, seconds: 600 } }));
    expect((await shown(w)).decisions).toMatchObject([
      { waitsFor: 'none', validUntil: plus(NOW, 7 * DAY - 3000) },
    ]);
  });

  it('for somebody to resume, before every other reason', async () => {
    const w = worldOf(decided('a', { at, heldUp: { since: NOW, seconds: 0 } }));
    w.content = { pauses: [{ from: plus(NOW, -600), to: null }], revoked: [] };
    expect(await shown(w)).toMatchObject({
      paused: { since: plus(NOW, -600) },
      decisions: [{ waitsFor: 'paused', waitsUntil: null, validUntil: plus(NOW, 7 * DAY - 3000) }],
    });
    const { lines, notes, code } = await words(w);
    expect(lines[0]).toContain(
      'waits until Solekey is resumed; valid until 30 Nov 2026, 15:20 UTC, later if it waits longer',
    );
    expect(notes[1]).toMatch(/^Nothing is deactivated until you resume: npm run control -- resume --reason /);
    expect(code).toBe(0);
    w.listed = [];
    expect((await words(w)).notes).toEqual(['Every decision has been carried out.']);
  });

  it('for IAM, which needs a person: exit code 2', async () => {
    const w = worldOf(
      decided('a', { at }, { phase: 'held', heldFor: 'unknown', phaseSince: plus(NOW, -DAY) }),
    );
    expect((await shown(w)).decisions).toMatchObject([{ waitsFor: 'on-hold', waitsUntil: null }]);
    const { lines, code } = await words(w);
    expect(code).toBe(2);
    expect(lines[0]).toMatch(
      /^!\s+a\s.*on hold since 22 Nov 2026, 16:10 UTC: IAM cannot be read or refuses the change; valid until /,
    );
  });

  it('where the stack does not say its terms, without dates', async () => {
    const w = worldOf(decided('a', { at, heldUp: { since: NOW, seconds: 0 } }));
    const { DecisionTerms: _gone, ...rest } = w.outputs;
    w.outputs = rest;
    expect((await shown(w)).decisions).toMatchObject([{ waitsFor: 'hourly-limit', validUntil: null }]);
    const { lines, notes } = await words(w);
    expect(lines[0]).toMatch(/waits for the hourly limit until 23 Nov 2026, 17:00 UTC$/);
    expect(notes[1]).toContain('The stack has no output DecisionTerms');
  });
});
