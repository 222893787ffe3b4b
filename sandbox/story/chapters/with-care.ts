import type { Chapter } from '../chapter.ts';
import { confirmsDeletion, isStopped } from '../wrong-first.ts';
import { BY_GITHUB_ACTIONS } from './plain.ts';

/**
 * The key was in use, and whoever used it is never seen with the kept one. So its date alone deletes nothing: a person confirms
 * that on a page which says who is missing.
 */
export const notTakenOver: Chapter = {
  userName: 'nightly-job',
  outcome: 'remediated',
  remark: 'its consumer was never seen again, and a person confirmed',
  early: true,
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 300, usedHoursAgo: 6 });
    scene.wasCalled(older, 6, BY_GITHUB_ACTIONS);
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 60, usedHoursAgo: 2 }),
    );
    await scene.everybodyIsAsked();
    const page = await scene.opens('sec-lead');
    await scene.learnsWhoUsesThem(page, 'GitHub Actions');
    await scene.decides('sec-lead', page, { keep: newer, off: [older], inUse: true, reason: 'replaced' });
    await scene.isTold('sec-lead', 'switchedOff');
    await confirmsDeletion(scene, 'sec-lead', [older], 'GitHub Actions');
    await scene.ends('sec-lead');
  },
};

/** An old key that leaked, found during a rotation, in which nobody is asked. The reason makes everything faster but the deletion. */
export const leaked: Chapter = {
  userName: 'leaked-key',
  outcome: 'remediated',
  remark: 'compromised, in the middle of a rotation',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 90, usedHoursAgo: 1_000 });
    const newer = await scene.oneKeyTooMany((owners) => owners.createKey(scene.userName, {}));
    await scene.everybodyIsAsked('rotation');
    const page = await scene.opens('platform-lead', 'rotation');
    await scene.decides('platform-lead', page, {
      keep: newer,
      off: [older],
      reason: 'compromised',
      comment: 'Found in a public repository.',
    });
    await scene.isTold('platform-lead', 'switchedOff');
    await scene.ends('platform-lead');
  },
};

/** Somebody mixes up the two keys. The page to check says so before anything is stored. */
export const mixedUp: Chapter = {
  userName: 'mixed-up',
  outcome: 'remediated',
  remark: 'a swapped choice, stopped on the page to check',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 610, usedHoursAgo: 1_100 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 35, usedHoursAgo: 1 }),
    );
    await scene.everybodyIsAsked();
    const page = await scene.opens('sec-lead');
    await isStopped(scene, 'sec-lead', page, { keep: older, off: [newer] }, 'We proposed the opposite');
    await scene.decides('sec-lead', page, { keep: newer, off: [older] });
    await scene.ends('sec-lead');
  },
};

/** The owner left the company: all keys are deactivated, and a person confirms that they are deleted. */
export const allOff: Chapter = {
  userName: 'ex-colleague',
  outcome: 'remediated',
  remark: 'deactivated all, and confirmed',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 700, usedHoursAgo: 2_000 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 120, usedHoursAgo: 1_200 }),
    );
    await scene.everybodyIsAsked();
    const page = await scene.opens('sec-lead');
    await scene.decides('sec-lead', page, { keep: null, off: [older, newer], reason: 'person-left' });
    await scene.isTold('sec-lead', 'switchedOff');
    await confirmsDeletion(scene, 'sec-lead', [older, newer]);
    await scene.ends('sec-lead');
  },
};
