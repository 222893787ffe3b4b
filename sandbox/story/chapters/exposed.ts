import type { Chapter } from '../chapter.ts';
import { proposedOn, says, textOf } from '../page.ts';
import { confirmsDeletion } from '../wrong-first.ts';

/** AWS Health names the key that is in service. Everybody is told at once, and the proposal turns away from it. */
export const exposedKey: Chapter = {
  userName: 'on-github',
  outcome: 'remediated',
  remark: 'AWS Health named a key',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 400, usedHoursAgo: 1_000 });
    const newer = await scene.oneKeyTooMany((owners) => owners.createKey(scene.userName, { daysOld: 60 }));
    await scene.everybodyIsAsked();
    const before = await scene.opens('sec-lead');
    if (proposedOn(before) !== older) {
      throw new Error(`the page should propose the key in service: ${textOf(before)}`);
    }
    await scene.isExposed(older);
    const page = await scene.opens('sec-lead', 'exposed');
    if (proposedOn(page) !== newer) {
      throw new Error(`the page should propose the other key now: ${textOf(page)}`);
    }
    scene.step(`the urgent mail leads to a page that proposes ..${newer.slice(-4)} now`);
    await scene.decides('sec-lead', page, { keep: newer, off: [older], reason: 'compromised' });
    await scene.ends('sec-lead');
  },
};

/** AWS quarantines a user and names no key: all are suspect, and a person decides and confirms that none stays. */
export const quarantined: Chapter = {
  userName: 'quarantined',
  outcome: 'remediated',
  remark: 'AWS quarantined the user: kept none',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 300, usedHoursAgo: 900 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 50, usedHoursAgo: 800 }),
    );
    await scene.everybodyIsAsked();
    await scene.meanwhile('AWS attaches AWSCompromisedKeyQuarantineV2', (owners) =>
      owners.quarantine(scene.userName),
    );
    const page = await scene.opens('platform-lead', 'exposed');
    if (proposedOn(page) !== null || !says(page, 'Keep none until you know')) {
      throw new Error(`the page should propose to keep no key: ${textOf(page)}`);
    }
    const off = [older, newer];
    await scene.decides('platform-lead', page, { keep: null, off, reason: 'compromised' });
    await scene.isTold('platform-lead', 'switchedOff');
    await confirmsDeletion(scene, 'platform-lead', off);
    await scene.ends('platform-lead');
  },
};
