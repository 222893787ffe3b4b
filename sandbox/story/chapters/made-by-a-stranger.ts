import type { Chapter } from '../chapter.ts';

/** A user who has no business with keys of others; their only key was stolen. */
const STRANGER = 'mallory';

/** A fresh second key would be a rotation, were it not made by another user: people hear of it at once, and that it is urgent. */
export const madeByAStranger: Chapter = {
  userName: 'quiet-bot',
  outcome: 'remediated',
  remark: 'key made by another user',
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
