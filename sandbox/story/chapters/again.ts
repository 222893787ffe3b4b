import type { Chapter } from '../chapter.ts';

/** A decision about keys that have changed since must be refused; the approver then decides about the present ones. */
export const staleApproval: Chapter = {
  userName: 'third-key',
  outcome: 'remediated',
  remark: 'refused as stale, then decided again',
  async play(scene) {
    const first = await scene.firstKey({ daysOld: 800, usedHoursAgo: 1_000 });
    const second = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 100, usedHoursAgo: 1_400 }),
    );
    await scene.everybodyIsAsked();
    const old = await scene.opens('sec-lead');
    let third = '';
    await scene.meanwhile('a third key appears while the page is open', async (owners) => {
      third = await owners.createKey(scene.userName, { daysOld: 7, usedHoursAgo: 3, beyondQuota: true });
    });
    const fresh = await scene.opens('sec-lead', 'askedAgain');
    await scene.isRefused('sec-lead', old, { keep: second, off: [first] }, third);
    await scene.decides('sec-lead', fresh, { keep: third, off: [first, second] });
    await scene.ends('sec-lead');
  },
};

/** Something broke: one click reactivates the key, the decision is void, and the question is asked again. */
export const broughtBack: Chapter = {
  userName: 'undo-me',
  outcome: 'remediated',
  remark: 'after a reactivation',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 365, usedHoursAgo: 30 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 50, usedHoursAgo: 40 * 24 }),
    );
    await scene.everybodyIsAsked();
    await scene.decides('sec-lead', await scene.opens('sec-lead'), { keep: newer, off: [older] });
    await scene.bringsBack('sec-lead', [older]);
    await scene.configShows('NON_COMPLIANT', 'Waiting for');
    const page = await scene.opens('sec-lead', 'restored');
    await scene.decides('sec-lead', page, { keep: older, off: [newer] });
    await scene.isTold('sec-lead', 'switchedOff');
    await scene.ends('sec-lead');
  },
};
