import { describe, expect, it } from 'vitest';
import { SignOffUnreadable } from '../../../functions/app/report-ports.ts';
import { hourly } from '../../../functions/app/survey/hourly.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { ACCOUNT, NOW } from '../../fakes/cases.ts';
import { withInventory } from '../../fakes/inventory.ts';
import { account, oneKey, users } from '../../fakes/rule.ts';
import { aSignOffFile } from '../../fakes/sign-offs.ts';

/** The hourly survey. */
function surveyed() {
  const rule = account(...users(1, oneKey));
  const { world, signOff } = withInventory(rule.m, rule);
  const hour = (more: object = {}) => hourly({ ...world, ...more }, ACCOUNT);
  return { signOff, hour };
}

describe('the survey', () => {
  it('stores the state of sign-offs for reconcile where it has changed', async () => {
    const { signOff, hour } = surveyed();
    signOff.file = aSignOffFile();
    await hour();
    await hour();
    expect(signOff).toMatchObject({ kept: { asked: false, open: 0 }, writes: 1, wakes: 0 });
  });

  it('has approvers asked each hour while a sign-off is asked for', async () => {
    const { signOff, hour } = surveyed();
    signOff.file = aSignOffFile({ asked: true, due: plus(NOW, -HOUR) });
    await hour();
    await hour();
    expect(signOff).toMatchObject({ writes: 1, wakes: 2 });
  });

  it('has nobody asked without that state, or with that of another account', async () => {
    const { signOff, hour } = surveyed();
    await hour();
    signOff.file = aSignOffFile({ asked: true, account: '999999999999' });
    await hour();
    expect(signOff).toMatchObject({ kept: null, writes: 0, wakes: 0 });
  });

  it('fails at its end with the reason if this release cannot read that state', async () => {
    const { signOff, hour } = surveyed();
    const unreadable = async () => {
      throw new SignOffUnreadable('reports/sign-off.json is broken.');
    };
    await expect(hour({ reports: { signOff: unreadable } })).rejects.toThrow(
      'Approvers could not be asked for a sign-off. reports/sign-off.json is broken.',
    );
    expect(signOff).toMatchObject({ writes: 0, wakes: 0 });
  });

  it('does everything else if the state cannot be read, and fails at its end', async () => {
    const { hour } = surveyed();
    const signOff = async () => {
      throw new Error('AccessDenied');
    };
    await expect(hour({ reports: { signOff } })).rejects.toThrow(
      'Approvers could not be asked for a sign-off.',
    );
  });
});
