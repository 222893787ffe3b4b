import { paused, resumed, revoked } from '../../../functions/core/model/control.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { intoGrace, intoQuestion, later, NAME, passing, restore, trueKey } from '../../fakes/acts.ts';
import { NEWER, NOW, OLDER, used } from '../../fakes/cases.ts';

import { adoptedWhilePaused, decides, heard, keyOf, type Play, play } from './play.ts';

/** What goes wrong: IAM that cannot be read or refuses, answers that count no more. */
export const TROUBLE: Readonly<Record<string, Play>> = {
  'IAM cannot be read for a day': play(async ({ m }) => {
    await intoQuestion(m);
    m.iam.state.unreadable = true;
    await passing(m, 30 * HOUR);
    m.iam.state.unreadable = false;
    await passing(m, DAY);
  }),
  'IAM cannot be read in the grace period': play(async ({ m }) => {
    await intoGrace(m);
    m.iam.state.unreadable = true;
    await passing(m, 30 * HOUR);
    m.iam.state.unreadable = false;
    await passing(m, 9 * DAY);
  }),
  'IAM refuses a restore': play(async ({ m }) => {
    await intoGrace(m);
    await restore(m, 'sec-lead', OLDER);
    m.iam.faults.push('refused', 'refused');
    await passing(m, 20 * MINUTE, MINUTE);
  }),
  'in use after the answer': play(async (on) => {
    await intoQuestion(on.m);
    await decides(on, 'sec-lead', NEWER);
    keyOf(on.user, OLDER).lastUsed = used(on.m.clock.now());
    await passing(on.m, 5 * MINUTE, MINUTE);
    await decides(on, 'sec-lead', NEWER, true);
    await passing(on.m, 9 * DAY);
  }),
  'paused until the decision is too old': play(async (on) => {
    await intoQuestion(on.m);
    await on.operator((control) => paused(control, on.m.clock.now()));
    await decides(on, 'sec-lead', NEWER);
    await passing(on.m, 9 * DAY);
    await on.operator((control) => resumed(control, on.m.clock.now()));
    await passing(on.m, DAY);
  }),
  'the approver is revoked': play(async (on) => {
    await intoQuestion(on.m);
    await decides(on, 'sec-lead', NEWER);
    await on.operator((control) => revoked(control, 'sec-lead'));
    await passing(on.m, 5 * MINUTE, MINUTE);
  }),
  'the last mails are not accepted': play(async ({ m, user }) => {
    await intoQuestion(m);
    keyOf(user, OLDER).status = 'Inactive';
    m.state.snsAway = true;
    await m.wake(NAME);
    await passing(m, HOUR, 5 * MINUTE);
    user.userName = 'ci-deploy-2';
    await m.wake(user.userName);
    m.state.snsAway = false;
    await passing(m, HOUR, 5 * MINUTE);
  }),
  'IAM refuses to switch off': play(async (on) => {
    await intoQuestion(on.m);
    await decides(on, 'sec-lead', NEWER);
    on.m.iam.faults.push(...Array.from({ length: 200 }, () => 'refused' as const));
    await passing(on.m, 30 * HOUR, 6 * HOUR);
  }),
  'answers of IAM get lost': play(async (on) => {
    await intoQuestion(on.m);
    await decides(on, 'sec-lead', NEWER);
    on.m.iam.faults.push('lost-before', 'lost-after');
    await passing(on.m, 8 * DAY);
  }),
  'IAM shows late what it did': play(async (on) => {
    await intoQuestion(on.m);
    await decides(on, 'sec-lead', NEWER);
    const { setStatus } = on.m.iam.writer;
    on.m.iam.writer.setStatus = async () => ({ outcome: 'done' });
    await later(on.m, MINUTE);
    on.m.iam.writer.setStatus = setStatus;
    await passing(on.m, HOUR, MINUTE);
  }),
  'the event is quicker than IAM': play(
    async (on) => {
      const origin = { createdBy: 'role/deployer', at: plus(NOW, -MINUTE), keyId: NEWER };
      const expects = { keyId: NEWER, status: 'Active' as const };
      await heard(on, { userName: NAME, expects }, { origin });
      await heard(on, { accessKeyId: OLDER, expects }, { origin });
      await heard(on, { userName: NAME, expects: { keyId: OLDER, status: 'Deleted' } });
    },
    {},
    [trueKey(OLDER, 600, 1)],
  ),
  'the approver is revoked before it is carried out': play(async (on) => {
    await adoptedWhilePaused(on);
    await on.operator((control) => revoked(control, 'sec-lead'));
    await on.operator((control) => resumed(control, on.m.clock.now()));
    await passing(on.m, HOUR, 5 * MINUTE);
  }),
  'the owner does what IAM refuses to us': play(async (on) => {
    await intoQuestion(on.m);
    await decides(on, 'sec-lead', NEWER);
    on.m.iam.faults.push('refused', 'refused', 'refused');
    await passing(on.m, 3 * MINUTE, MINUTE);
    keyOf(on.user, OLDER).status = 'Inactive';
    await on.m.wake(NAME);
    await passing(on.m, HOUR, 5 * MINUTE);
  }),
  'a restore that IAM refuses for long': play(async ({ m }) => {
    await intoGrace(m);
    await restore(m, 'sec-lead', OLDER);
    m.iam.faults.push(...Array.from({ length: 500 }, () => 'refused' as const));
    await passing(m, 9 * DAY, DAY);
  }),
};
