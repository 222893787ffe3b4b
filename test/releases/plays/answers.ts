import { paused, resumed, revoked } from '../../../functions/core/model/control.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { intoGrace, intoQuestion, later, NAME, passing, restore, trueKey } from '../../fakes/acts.ts';
import { NEWER, NOW, OLDER, USER_ID } from '../../fakes/cases.ts';

import { confirms, fresh, heard, keyOf, type Play, play } from './play.ts';

/** Cases that go their way: asked, decided, carried out, ended; and what people do on the way. */
export const ANSWERS: Readonly<Record<string, Play>> = {
  'from two keys to one': play(async ({ m }) => {
    await intoGrace(m);
    await passing(m, 8 * DAY);
  }),
  'the owner rotates in time': play(
    async ({ m, user }) => {
      await m.wake(NAME);
      await later(m, MINUTE);
      user.keys = user.keys.filter(({ id }) => id === NEWER);
      await m.wake(NAME);
      await passing(m, 10 * MINUTE, MINUTE);
    },
    {},
    fresh(),
  ),
  'nobody decides': play(
    async ({ m }) => {
      await m.wake(NAME);
      await passing(m, 18 * DAY, 6 * HOUR);
    },
    { escalation: ['sec-lead'] },
    fresh(),
  ),
  'keys are never deleted': play(
    async ({ m }) => {
      await intoGrace(m);
      await passing(m, 8 * DAY);
    },
    { deletion: 'never' },
  ),
  'deleted once confirmed': play(
    async (on) => {
      await intoGrace(on.m);
      await passing(on.m, 12 * DAY);
      await confirms(on, 'platform-lead');
      await passing(on.m, 3 * DAY);
    },
    { deletion: 'on-confirmation' },
  ),
  'the confirmation is void': play(
    async (on) => {
      await intoGrace(on.m);
      await passing(on.m, 8 * DAY);
      await on.operator((control) => paused(control, on.m.clock.now()));
      await confirms(on, 'platform-lead');
      await passing(on.m, HOUR, 5 * MINUTE);
      await on.operator((control) => revoked(control, 'platform-lead'));
      await on.operator((control) => resumed(control, on.m.clock.now()));
      await passing(on.m, DAY);
    },
    { deletion: 'on-confirmation' },
  ),
  'a stricter setting while it is deleted': play(async ({ m }) => {
    await intoGrace(m);
    for (let hours = 0; hours < 240 && m.caseOf(USER_ID)?.phase !== 'deleting'; hours += 1) {
      await later(m, HOUR);
    }
    Object.assign(m.world, { policy: { ...m.world.policy, deletion: 'on-confirmation' } });
    await passing(m, DAY);
  }),
  'only observed': play(
    async ({ m }) => {
      await intoQuestion(m);
      await passing(m, 8 * DAY, 6 * HOUR);
    },
    { mode: 'observe', escalation: ['platform-lead'] },
  ),
  'mails are not accepted': play(async ({ m }) => {
    await m.wake(NAME);
    m.state.snsAway = true;
    await passing(m, HOUR, 5 * MINUTE);
    m.state.snsAway = false;
    await passing(m, HOUR, 5 * MINUTE);
  }),
  'brought back, then again a case': play(async (on) => {
    await intoGrace(on.m);
    await restore(on.m, 'sec-lead', OLDER);
    await passing(on.m, 10 * MINUTE, MINUTE);
    keyOf(on.user, OLDER).status = 'Inactive';
    await on.m.wake(NAME);
    await passing(on.m, 10 * MINUTE, MINUTE);
    keyOf(on.user, OLDER).status = 'Active';
    await on.m.wake(NAME);
    await passing(on.m, HOUR, MINUTE);
  }),
  'made by a stranger': play(
    async (on) => {
      const origin = { createdBy: 'user/mallory', at: plus(NOW, -15 * MINUTE), keyId: NEWER };
      await heard(on, { userName: NAME, expects: { keyId: NEWER, status: 'Active' } }, { origin });
      await passing(on.m, HOUR, 5 * MINUTE);
    },
    { trustedCreators: ['role/*'] },
    fresh(),
  ),
  'made by a stranger before there is a case': play(
    async (on) => {
      const origin = { createdBy: 'user/mallory', at: plus(NOW, -MINUTE), keyId: NEWER };
      await heard(on, { userName: NAME, expects: { keyId: NEWER, status: 'Active' } }, { origin });
      keyOf(on.user, OLDER).status = 'Active';
      await on.m.wake(NAME);
      await passing(on.m, HOUR, 5 * MINUTE);
    },
    { trustedCreators: ['role/*'] },
    [trueKey(NEWER, 0.01, null), { ...trueKey(OLDER, 600, 1), status: 'Inactive' }],
  ),
};
