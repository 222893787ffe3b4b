import type { Chapter } from '../chapter.ts';

/** A user with no business creating keys for others, whose only key was stolen. */
const STRANGER = 'mallory';

/**
 * A new second key would normally be a rotation. This one was created by another user, so people are asked
 * immediately and the mail is urgent.
 */
export const madeByAStranger: Chapter = {
  userName: 'quiet-bot',
  outcome: 'remediated',
  remark: 'key created by another user',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 540, usedHoursAgo: 3 });
    const newer = await scene.oneKeyTooMany(async (owners) => {
      await owners.createUser(STRANGER, 200);
      const stolen = await owners.createKey(STRANGER, { daysOld: 200, usedHoursAgo: 1 });
      return owners.createKeyAs(stolen, scene.userName, {});
    });
    await scene.everybodyIsAsked('urgent');
    const page = await scene.opens('sec-lead', 'urgent');
    await scene.decides('sec-lead', page, { keep: older, off: [newer] });
    await scene.isTold('sec-lead', 'switchedOff');
    await scene.ends('sec-lead');
  },
};
