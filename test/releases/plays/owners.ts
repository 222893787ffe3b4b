import { resumed } from '../../../functions/core/model/control.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { intoGrace, intoQuestion, later, NAME, passing, restore, trueKey } from '../../fakes/acts.ts';
import { NEWER, OLDER, THIRD, used } from '../../fakes/cases.ts';

import { adoptedWhilePaused, decides, EXCLUDED, heard, keyOf, type Play, play, TAG } from './play.ts';

/** What owners and administrators do while a case is open. */
export const OWNERS: Readonly<Record<string, Play>> = {
  'the user goes': play(async ({ m, user }) => {
    await intoQuestion(m);
    m.iam.users.delete(user.userId);
    await passing(m, 3 * DAY);
  }),
  'the kept key goes': play(async ({ m, user }) => {
    await intoGrace(m);
    user.keys = user.keys.filter(({ id }) => id === OLDER);
    await m.wake(NAME);
    await later(m, MINUTE);
    await restore(m, 'sec-lead', OLDER);
    await passing(m, 10 * MINUTE, MINUTE);
  }),
  'the kept key is switched off': play(async (on) => {
    await intoGrace(on.m);
    keyOf(on.user, NEWER).status = 'Inactive';
    await on.m.wake(NAME);
    await passing(on.m, 5 * DAY, 6 * HOUR);
  }),
  'the other key is on instead': play(async (on) => {
    await intoGrace(on.m);
    keyOf(on.user, NEWER).status = 'Inactive';
    keyOf(on.user, OLDER).status = 'Active';
    await on.m.wake(NAME);
    await passing(on.m, 10 * MINUTE, MINUTE);
  }),
  'excluded in the grace period': play(async ({ m, user }) => {
    await intoGrace(m);
    user.tags = EXCLUDED;
    await m.wake(NAME);
    await passing(m, 4 * DAY, 6 * HOUR);
    user.tags = {};
    await passing(m, DAY);
  }, TAG),
  'excluded, then not': play(async ({ m, user }) => {
    user.tags = EXCLUDED;
    await m.wake(NAME);
    await passing(m, DAY, 6 * HOUR);
    user.tags = {};
    await m.wake(NAME);
    await passing(m, DAY, 6 * HOUR);
  }, TAG),
  'used after it was switched off': play(async (on) => {
    await intoGrace(on.m);
    keyOf(on.user, OLDER).lastUsed = used(plus(on.m.clock.now(), HOUR));
    await passing(on.m, 8 * DAY);
    await decides(on, 'platform-lead', NEWER, true);
    await passing(on.m, 9 * DAY);
  }),
  'switched on by hand': play(async (on) => {
    await intoGrace(on.m);
    keyOf(on.user, OLDER).status = 'Active';
    await heard(on, { accessKeyId: OLDER, expects: { keyId: OLDER, status: 'Active' } });
    await passing(on.m, 5 * MINUTE, MINUTE);
    await decides(on, 'sec-lead', NEWER);
    await passing(on.m, 9 * DAY);
  }),
  'another key in its place': play(async (on) => {
    await intoGrace(on.m);
    on.user.keys = [keyOf(on.user, OLDER), { ...trueKey(THIRD, 0, null), created: on.m.clock.now() }];
    await heard(on, { userName: NAME, expects: { keyId: THIRD, status: 'Active' } });
    await passing(on.m, 5 * MINUTE, MINUTE);
    await decides(on, 'platform-lead', THIRD);
    await passing(on.m, 9 * DAY);
  }),
  'a third key after the answer': play(async (on) => {
    await intoQuestion(on.m);
    await decides(on, 'sec-lead', NEWER);
    on.user.keys.push(trueKey(THIRD, 20, null));
    await passing(on.m, 5 * MINUTE, MINUTE);
    await decides(on, 'sec-lead', NEWER);
    await passing(on.m, 8 * DAY);
  }),
  'AWS expires the key': play(async ({ m, user }) => {
    await intoGrace(m);
    keyOf(user, OLDER).status = 'Expired';
    await passing(m, 8 * DAY);
  }),
  'the owner is quicker than we are': play(async (on) => {
    await adoptedWhilePaused(on);
    keyOf(on.user, OLDER).status = 'Inactive';
    await on.m.wake(NAME);
    await on.operator((control) => resumed(control, on.m.clock.now()));
    await passing(on.m, HOUR, 5 * MINUTE);
  }),
  'the owner deletes it in the grace period': play(async (on) => {
    await intoGrace(on.m);
    on.user.keys = on.user.keys.filter(({ id }) => id === NEWER);
    await on.m.wake(NAME);
    await passing(on.m, HOUR, 5 * MINUTE);
  }),
  'renamed while people think': play(async ({ m, user }) => {
    await intoQuestion(m);
    user.userName = 'CI-Deploy-2';
    await m.wake(user.userName);
    await passing(m, HOUR, 5 * MINUTE);
  }),
};
