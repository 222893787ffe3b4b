import type { Chapter } from '../chapter.ts';
import { EXCLUDED } from '../settings.ts';

/**
 * An excluded user for emergencies. Solekey leaves its two keys alone, and the role's own policy denies changing
 * them.
 */
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

/**
 * The deletion date passes while Solekey is paused. After it resumes, the deletion is announced again before it
 * happens.
 */
export const pausedOverDate: Chapter = {
  userName: 'paused-bot',
  outcome: 'remediated',
  remark: 'paused over its date',
  alone: true,
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 450, usedHoursAgo: 1_400 });
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
