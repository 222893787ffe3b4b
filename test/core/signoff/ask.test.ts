import { describe, expect, it } from 'vitest';
import { renderSignOff } from '../../../functions/core/messages/sign-off.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { askOf, isToAsk, toLeave } from '../../../functions/core/signoff/ask.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';
import { aSignOffFile } from '../../fakes/sign-offs.ts';
import { aConcern, stated } from '../../fakes/statements.ts';

const FILE = aSignOffFile(
  { asked: true, due: plus(NOW, -DAY) },
  stated(1, aConcern()),
  stated(2, aConcern({ target: '2026-11-22' })),
);
const ASK = askOf(FILE, NOW);

describe('somebody is asked for a sign-off', () => {
  it.each<[string, string | null, boolean]>([
    ['never before', null, true],
    ['before this one was due', plus(NOW, -DAY - 1), true],
    ['since it is due', plus(NOW, -DAY), false],
    ['six days ago', plus(NOW, -6 * DAY), true],
  ])('if they were asked %s', (_what, toldAt, asks) => {
    expect(isToAsk(ASK, toldAt, NOW)).toBe(asks);
    expect(isToAsk({ ...ASK, asked: false }, toldAt, NOW)).toBe(false);
  });

  it('again after a week', () => {
    expect(isToAsk(ASK, NOW, plus(NOW, 6 * DAY))).toBe(false);
    expect(isToAsk(ASK, NOW, plus(NOW, 7 * DAY))).toBe(true);
  });
});

describe('the state that the survey leaves', () => {
  const left = { ...ASK, leftAt: NOW };
  it('has the first target date of an open concern', () => {
    expect(ASK.firstTarget).toBe('2026-11-22');
    expect(askOf(aSignOffFile(), NOW).firstTarget).toBe(null);
  });

  it('is left if there is none, if it says something else, and twice a day', () => {
    expect(toLeave(ASK, null, NOW)).toEqual(left);
    expect(toLeave(ASK, left, plus(NOW, DAY / 2 - 1))).toBe(null);
    expect(toLeave(ASK, left, plus(NOW, DAY / 2))).toEqual({ ...ASK, leftAt: plus(NOW, DAY / 2) });
    expect(toLeave({ ...ASK, open: 3 }, left, NOW)).toEqual({ ...left, open: 3 });
    expect(toLeave(ASK, { ...ASK, leftAt: null }, NOW)).toEqual(left);
    expect(toLeave(ASK, { ...ASK, leftAt: plus(NOW, DAY) }, NOW)).toEqual(left);
  });
});

describe('the mail that asks for a sign-off', () => {
  const [recipient] = POLICY.approvers;
  const mail = (changed: Partial<typeof ASK> = {}) => {
    if (recipient === undefined) {
      throw new Error('nobody');
    }
    const link = 'https://keys.example.com/p/v2x';
    return renderSignOff({ ask: { ...ASK, ...changed }, policy: POLICY, recipient, link });
  };

  it('says what has changed, the most important users first, what is open, and what happens', async () => {
    expect(mail().subject).toBe('[Solekey] prod-payments: your sign-off needed, 3 users changed');
    await expect(`Subject: ${mail().subject}\n\n${mail().body}`).toMatchFileSnapshot(
      '../messages/golden/sign-off.txt',
    );
  });

  it('writes a name so that no mail program makes a link of it, and leaves out what there is not', () => {
    const changed = { since: NOW, users: 1, privileged: ['solekey-login.com'], automation: [] };
    const { subject, body } = mail({ changed, open: 1, overdue: 0 });
    expect(subject).toContain('1 user changed');
    expect(body).toContain(
      '1 user has changed since the sign-off of 23 Nov 2026. Privileged: solekey-login[.]com.\n\n1 concern about changes is open.',
    );
    expect(body.match(/https?:/g)).toHaveLength(1);
    const keys = { deactivated: 4, deleted: 3, reactivated: 1, atLeast: false };
    const counted = (more: object) => mail({ changed: { ...changed, keys: { ...keys, ...more } } }).body;
    expect(counted({})).toContain('Keys: 4 deactivated, 3 deleted and 1 reactivated.');
    expect(counted({ atLeast: true, reactivated: 0 })).toContain(
      'Keys: at least 4 deactivated and 3 deleted.',
    );
    expect(counted({ deactivated: 0, deleted: 0, reactivated: 0 })).not.toContain('Keys:');
    const nothing = mail({
      changed: { since: null, users: 0, privileged: [], automation: [] },
      open: 0,
      overdue: 0,
    }).body;
    expect(nothing).toContain('No user has changed since the first records.\n');
    expect(mail({ changed: { since: NOW, users: 2, privileged: [], automation: [] } }).body).toContain(
      '2 users have changed since the sign-off of 23 Nov 2026.\n\n2 concerns',
    );
  });
});
