import type { Chapter } from '../chapter.ts';
import { EXCLUDED } from '../settings.ts';

/** The key for the day when nothing else works. Two of them are no business of Solekey, and of its role's policy even less. */
export const breakGlass: Chapter = {
  userName: 'break-glass-1',
  outcome: 'excluded',
  remark: 'by name, never touched',
  async play(scene) {
    await scene.firstKey({ daysOld: 1_000 });
    await scene.oneKeyTooMany((owners) => owners.createKey(scene.userName, { daysOld: 300 }));
    await scene.isOnRecordAs('excluded');
  },
};

export const taggedUser: Chapter = {
  userName: 'legacy-vendor',
  tags: { [EXCLUDED.tag.key]: EXCLUDED.tag.value },
  outcome: 'excluded',
  remark: 'by tag, never touched',
  async play(scene) {
    await scene.firstKey({ daysOld: 760, usedHoursAgo: 1 });
    await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 700, usedHoursAgo: 1 }),
    );
    await scene.isOnRecordAs('excluded');
  },
};

/** The date for the deletion passes while everything stands still; afterwards people are told once more before it happens. */
export const pausedOverDate: Chapter = {
  userName: 'paused-bot',
  outcome: 'remediated',
  remark: 'paused over its date',
  alone: true,
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 450, usedHoursAgo: 400 });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 25, usedHoursAgo: 6 }),
    );
    await scene.everybodyIsAsked();
    await scene.decides('sec-lead', await scene.opens('sec-lead'), { keep: newer, off: [older] });
    await scene.isTold('sec-lead', 'switchedOff');
    await scene.isTold('sec-lead', 'toBeDeleted');
    await scene.operator('pause');
    await scene.outlivesItsDate(older);
    await scene.operator('resume');
    await scene.isTold('sec-lead', 'toBeDeleted');
    await scene.ends('sec-lead');
  },
};
