import type { Chapter } from '../chapter.ts';

/** GitHub Actions begins a deployment: with the older key until it got the newer one. */
const BEGINS = {
  eventSource: 'sts.amazonaws.com',
  eventName: 'GetCallerIdentity',
  awsRegion: 'us-east-1',
  sourceIPAddress: '20.57.84.12',
  userAgent: 'aws-sdk-nodejs configure-aws-credentials-for-github-actions',
  readOnly: true,
};
const DEPLOYS = {
  ...BEGINS,
  eventSource: 'ecs.amazonaws.com',
  eventName: 'UpdateService',
  awsRegion: 'eu-west-1',
  readOnly: false,
};

/** The common case: the newer key is in use and the older one was forgotten. CloudTrail says who used them. */
export const usedAndUnused: Chapter = {
  userName: 'ci-deploy',
  outcome: 'remediated',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 630, usedHoursAgo: 43 * 24, service: 'sts' });
    scene.wasCalled(older, 43 * 24, BEGINS);
    const newer = await scene.oneKeyTooMany(async (owners) => {
      const history = { daysOld: 21, usedHoursAgo: 2, region: 'eu-west-1' };
      const keyId = await owners.createKey(scene.userName, history);
      for (const hoursAgo of [2, 26, 50]) {
        scene.wasCalled(keyId, hoursAgo, BEGINS);
        scene.wasCalled(keyId, hoursAgo, DEPLOYS);
      }
      return keyId;
    });
    await scene.everybodyIsAsked();
    const page = await scene.opens('sec-lead');
    await scene.learnsWhoUsesThem('sec-lead', page, 'CloudTrail shows');
    await scene.decides('sec-lead', page, { keep: newer, off: [older] });
    await scene.isTold('sec-lead', 'switchedOff');
    await scene.configShows('COMPLIANT', 'is inactive and will be deleted');
    await scene.isTold('sec-lead', 'toBeDeleted');
    await scene.ends('sec-lead');
  },
};

/** Both keys are in use, so deactivating either may break something; the approver acknowledges that. */
export const bothInUse: Chapter = {
  userName: 'report-bot',
  outcome: 'remediated',
  remark: 'in use, and acknowledged',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 400, usedHoursAgo: 5, service: 'dynamodb' });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 90, usedHoursAgo: 1 }),
    );
    await scene.everybodyIsAsked();
    await scene.configShows('NON_COMPLIANT', 'Waiting for a decision');
    const page = await scene.opens('platform-lead');
    await scene.decides('platform-lead', page, { keep: newer, off: [older], inUse: true });
    await scene.isTold('platform-lead', 'switchedOff');
    await scene.ends('platform-lead');
  },
};

export const neitherUsed: Chapter = {
  userName: 'idle-lab',
  outcome: 'remediated',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 200 });
    const newer = await scene.oneKeyTooMany((owners) => owners.createKey(scene.userName, { daysOld: 30 }));
    await scene.everybodyIsAsked();
    await scene.decides('sec-lead', await scene.opens('sec-lead'), { keep: newer, off: [older] });
    await scene.ends('sec-lead');
  },
};

/** Three active keys, more than the quota allows. One decision covers all of them. */
export const threeKeys: Chapter = {
  userName: 'three-keys',
  outcome: 'remediated',
  remark: 'three active keys',
  async play(scene) {
    const first = await scene.firstKey({ daysOld: 900, usedHoursAgo: 900 });
    const second = await scene.firstKey({ daysOld: 300 });
    const third = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 10, usedHoursAgo: 3, beyondQuota: true }),
    );
    await scene.everybodyIsAsked();
    const page = await scene.opens('sec-lead');
    await scene.decides('sec-lead', page, { keep: third, off: [first, second] });
    await scene.ends('sec-lead');
  },
};
