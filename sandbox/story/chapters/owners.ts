import type { Chapter } from '../chapter.ts';

/** A proper rotation: a new second key, and the old one is deleted before anyone has to act. */
export const rotation: Chapter = {
  userName: 'rotator',
  outcome: 'settled-by-owner',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 180, usedHoursAgo: 1 });
    await scene.oneKeyTooMany((owners) => owners.createKey(scene.userName, {}));
    await scene.everybodyIsAsked('rotation');
    await scene.meanwhile('the owner finishes the rotation', (owners) =>
      owners.switchOff(scene.userName, older),
    );
    await scene.ends('sec-lead');
  },
};

/** The owner deletes a key while the approvers are deciding. */
export const tidyOwner: Chapter = {
  userName: 'tidy-owner',
  outcome: 'settled-by-owner',
  async play(scene) {
    await scene.firstKey({ daysOld: 500, usedHoursAgo: 2 });
    const newer = await scene.oneKeyTooMany((owners) => owners.createKey(scene.userName, { daysOld: 60 }));
    await scene.everybodyIsAsked();
    await scene.meanwhile('the owner deactivates the spare key', (owners) =>
      owners.switchOff(scene.userName, newer),
    );
    await scene.ends('platform-lead');
  },
};

/** Created with the user's own key, so the request has no user name; the event must still lead to the user. */
export const selfMade: Chapter = {
  userName: 'selfie',
  outcome: 'remediated',
  remark: 'no name in the request',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 700, usedHoursAgo: 8 });
    const newer = await scene.oneKeyTooMany((owners) => owners.createOwnKey(older, { daysOld: 45 }));
    await scene.everybodyIsAsked();
    await scene.decides('sec-lead', await scene.opens('sec-lead'), { keep: older, off: [newer] });
    await scene.ends('sec-lead');
  },
};

/** IAM's reads lag its writes: at first the second key is not visible. */
export const shownLate: Chapter = {
  userName: 'slow-echo',
  outcome: 'remediated',
  remark: 'IAM showed the key late',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 320, usedHoursAgo: 900 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKeyShownLate(scene.userName, { daysOld: 14, usedHoursAgo: 4 }, 4),
    );
    await scene.everybodyIsAsked();
    const page = await scene.opens('platform-lead');
    await scene.decides('platform-lead', page, { keep: newer, off: [older] });
    await scene.ends('platform-lead');
  },
};
