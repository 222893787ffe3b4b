import type { Chapter } from '../chapter.ts';

/** A user keeps their id when renamed: a decision asked about the old name applies to the same user. */
export const renamed: Chapter = {
  userName: 'old-bot',
  outcome: 'remediated',
  remark: 'was: old-bot',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 410, usedHoursAgo: 900 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 33, usedHoursAgo: 2, service: 'ec2' }),
    );
    await scene.everybodyIsAsked();
    const page = await scene.opens('platform-lead');
    await scene.isRenamed('renamed-bot');
    await scene.decides('platform-lead', page, { keep: newer, off: [older] });
    await scene.isTold('platform-lead', 'switchedOff');
    await scene.ends('platform-lead');
  },
};

/** The user is deleted while the approvers are still being asked. */
export const leaver: Chapter = {
  userName: 'leaver',
  outcome: 'user-deleted',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 900, usedHoursAgo: 2_000 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 70, usedHoursAgo: 300 }),
    );
    await scene.everybodyIsAsked();
    await scene.meanwhile('an administrator deletes the user, keys first', (owners) =>
      owners.deleteUser(scene.userName, [older, newer]),
    );
    await scene.ends('sec-lead', 'userGone');
  },
};

/** Someone reactivates the key outside Solekey: the decision is void, and the question is asked again. */
export const byHand: Chapter = {
  userName: 'by-hand',
  outcome: 'remediated',
  remark: 'reactivated by hand in between',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 260, usedHoursAgo: 50 * 24 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 20, usedHoursAgo: 26 }),
    );
    await scene.everybodyIsAsked();
    await scene.decides('sec-lead', await scene.opens('sec-lead'), { keep: newer, off: [older] });
    await scene.isTold('sec-lead', 'switchedOff');
    await scene.meanwhile('someone reactivates the key by hand', (owners) =>
      owners.switchOn(scene.userName, older),
    );
    const page = await scene.opens('sec-lead', 'askedAgain', [older, newer]);
    await scene.decides('sec-lead', page, { keep: newer, off: [older] });
    await scene.isTold('sec-lead', 'switchedOff');
    await scene.ends('sec-lead');
  },
};

/**
 * The kept key is deleted. The mail about it has a restore link, which leaves one active key, so nothing more is to
 * be done.
 */
export const lostKeeper: Chapter = {
  userName: 'lost-keeper',
  outcome: 'settled-by-owner',
  remark: 'the kept key was deleted, so the other was reactivated',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 380, usedHoursAgo: 90 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 41, usedHoursAgo: 60 }),
    );
    await scene.everybodyIsAsked();
    const page = await scene.opens('platform-lead');
    await scene.decides('platform-lead', page, { keep: newer, off: [older] });
    await scene.isTold('platform-lead', 'switchedOff');
    await scene.meanwhile('someone deletes the kept key: none is active', (owners) =>
      owners.deleteKey(scene.userName, newer),
    );
    await scene.bringsBack('platform-lead', [older], 'noKeyLeft');
    await scene.ends('platform-lead');
  },
};

/** The quota is two keys, so an owner who rotates during the grace period deletes the kept key and creates another. */
export const rotatedInGrace: Chapter = {
  userName: 're-keyed',
  outcome: 'remediated',
  remark: 'rotated in the grace period',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 540, usedHoursAgo: 50 * 24 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 28, usedHoursAgo: 48 }),
    );
    await scene.everybodyIsAsked();
    await scene.decides('sec-lead', await scene.opens('sec-lead'), { keep: newer, off: [older] });
    await scene.isTold('sec-lead', 'switchedOff');
    let newest = '';
    await scene.meanwhile('the owner rotates: deletes the kept key, creates a new one', async (owners) => {
      await owners.deleteKey(scene.userName, newer);
      newest = await owners.createKey(scene.userName, {});
    });
    const page = await scene.opens('sec-lead', 'askedAgain', [newest]);
    await scene.decides('sec-lead', page, { keep: newest, off: [], offAlready: [older] });
    await scene.ends('sec-lead');
  },
};

/** The owner settles the case, but the event is lost. The next evaluation of the open case notices it. */
export const unheard: Chapter = {
  userName: 'unheard',
  outcome: 'settled-by-owner',
  remark: 'the event was lost, the sweep found it',
  async play(scene) {
    await scene.firstKey({ daysOld: 220, usedHoursAgo: 3 });
    const newer = await scene.oneKeyTooMany((owners) => owners.createKey(scene.userName, { daysOld: 80 }));
    await scene.everybodyIsAsked();
    scene.losesNext('UpdateAccessKey');
    await scene.meanwhile('the owner deactivates the spare key, and the event is lost', (owners) =>
      owners.switchOff(scene.userName, newer),
    );
    await scene.ends('sec-lead');
  },
};
