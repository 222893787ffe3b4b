import type { Chapter } from '../chapter.ts';
import { chooseToKeep, keysOffered, openPage, type Page, postUnchecked, says, textOf } from '../page.ts';
import type { Scene } from '../scene.ts';
import { APPROVERS_ROLE } from '../settings.ts';

/** An approver created the key that they are asked about. They cannot decide that it stays; another approver can. */
export const ownKey: Chapter = {
  userName: 'made-by-lead',
  outcome: 'remediated',
  remark: 'an approver created the key, another one decided',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 480, usedHoursAgo: 2_000 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKeyIn(APPROVERS_ROLE, scene.userName, { daysOld: 40, usedHoursAgo: 1 }),
    );
    await scene.everybodyIsAsked();
    // CloudTrail may tell later than IAM who created the key.
    const page = await scene.reads(await scene.opens('platform-lead'), `You created …${newer.slice(-4)}`);
    await mayNotKeep(scene, page, newer, older);
    await scene.decides('sec-lead', await scene.opens('sec-lead'), { keep: newer, off: [older] });
    await scene.ends('sec-lead');
  },
};

/** Tries it on the page, and with the form of the page to check that the page never shows. Nothing may be stored. */
async function mayNotKeep(scene: Scene, page: Page, keep: string, off: string): Promise<void> {
  const answers = [
    await chooseToKeep(page, { keep, off: [off] }),
    await postUnchecked(page, { keep, off: [off] }),
  ];
  for (const answer of answers) {
    if (answer.status < 400 || !says(answer, 'another approver must decide to keep it')) {
      throw new Error(`whoever created a key should not decide that it stays: ${textOf(answer)}`);
    }
  }
  if (keysOffered(await openPage(page.url)).length !== 2) {
    throw new Error('nothing should be decided yet');
  }
  const refused = answers.map(({ status }) => status).join(' and ');
  scene.step(
    `platform-lead created ..${keep.slice(-4)} and may not decide that it stays: refused (${refused})`,
  );
}
