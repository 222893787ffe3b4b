/** The mail that asks for a sign-off: who gets it, how often, and what its link opens. */
import { describe, expect, it } from 'vitest';
import { showReport } from '../../../functions/app/approve/show-report.ts';
import { askSignOff } from '../../../functions/app/reconcile/ask-sign-off.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import type { SignOffAsk } from '../../../functions/core/signoff/ask.ts';
import { portsOf } from '../../fakes/acts.ts';
import { ACCOUNT, NOW, POLICY } from '../../fakes/cases.ts';
import { arrives } from '../../fakes/messages.ts';
import { memoryWorld } from '../../fakes/world.ts';

const ASK: SignOffAsk = {
  asked: true,
  due: plus(NOW, -HOUR),
  changed: { since: null, users: 3, privileged: [], automation: ['ci-deploy'] },
  open: 0,
  overdue: 0,
  firstTarget: null,
};

function asked(ask: SignOffAsk | null = ASK) {
  const m = memoryWorld();
  m.table.paces.kept = true;
  m.signOff.ask = ask;
  const hour = () => arrives(m, 'wakes', { kind: 'sign-off', account: ACCOUNT });
  return { m, hour, readers: () => m.mails.map(({ recipient }) => recipient) };
}

describe('approvers are asked for a sign-off', () => {
  it('each with a link of their own, which opens the report', async () => {
    const { m, hour, readers } = asked();
    await hour();
    expect(readers()).toEqual(['sec-lead', 'platform-lead']);
    const [mail] = m.mails;
    expect(mail?.link).toContain('/p/');
    const token = mail?.link?.split('/').at(-1) ?? '';
    expect(await showReport(portsOf(m), token)).toMatchObject({ visitor: { approver: { id: 'sec-lead' } } });
    m.clock.move(8 * DAY + 1);
    expect(await showReport(portsOf(m), token)).toMatchObject({ why: 'expired' });
  });

  it('once, however often the message comes, and again after a week', async () => {
    const { m, hour, readers } = asked();
    for (let hours = 0; hours < 6 * 24; hours += 1) {
      await hour();
      m.clock.move(HOUR);
    }
    expect(readers()).toHaveLength(2);
    m.clock.move(DAY);
    await hour();
    expect(readers()).toHaveLength(4);
  });

  it('again when the next one is due', async () => {
    const { m, hour, readers } = asked();
    await hour();
    m.clock.move(DAY);
    m.signOff.ask = { ...ASK, due: plus(NOW, HOUR) };
    await hour();
    expect(readers()).toHaveLength(4);
  });

  it('not before it is asked for, and not upon a message alone', async () => {
    for (const none of [null, { ...ASK, asked: false }]) {
      const { hour, readers } = asked(none);
      await hour();
      expect(readers()).toEqual([]);
    }
  });

  it('if they are approvers now and get mails; all of them, if none does', async () => {
    const { m, hour, readers } = asked();
    m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
    await hour();
    expect(readers()).toEqual(['platform-lead']);
    const silent = POLICY.approvers.map((one) => ({ ...one, mail: 'none' as const }));
    const one = asked();
    one.m.world.policy = { ...POLICY, approvers: [...silent.slice(0, 1), ...POLICY.approvers.slice(1)] };
    await one.hour();
    expect(one.readers()).toEqual(['platform-lead']);
    const none = asked();
    none.m.world.policy = { ...POLICY, approvers: silent };
    await none.hour();
    expect(none.readers()).toHaveLength(2);
  });

  it('later, if the hour has no room for a mail or SNS does not accept it, while others are asked', async () => {
    const { m, hour, readers } = asked();
    m.state.refuses.add('sec-lead');
    await expect(hour()).rejects.toThrow('SNS is away');
    expect(readers()).toEqual(['platform-lead']);
    m.state.refuses.clear();
    m.clock.move(MINUTE);
    await hour();
    expect(readers()).toEqual(['platform-lead', 'sec-lead']);
    const full = asked();
    full.m.world.pace = { ...full.m.world.pace, perHour: { ...full.m.world.pace.perHour, ordinary: 0 } };
    expect(await askSignOff(full.m.world, { kind: 'sign-off', account: ACCOUNT })).toBe(0);
    expect(full.readers()).toEqual([]);
  });
});
