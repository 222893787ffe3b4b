import type { Chapter } from '../chapter.ts';

/** The common case: the newer key is in use and the older one was forgotten. */
export const usedAndUnused: Chapter = {
  userName: 'ci-deploy',
  outcome: 'remediated',
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 630, usedHoursAgo: 43 * 24, service: 'sts' });
    const newer = await scene.oneKeyTooMany((owners) =>
      owners.createKey(scene.userName, { daysOld: 21, usedHoursAgo: 2, region: 'eu-west-1' }),
    );
    await scene.everybodyIsAsked();
    await scene.decides('sec-lead', await scene.opens('sec-lead'), { keep: newer, off: [older] });
    await scene.isTold('sec-lead', 'switchedOff');
    await scene.configShows('COMPLIANT', 'is inactive and will be deleted');
    await scene.isTold('sec-lead', 'toBeDeleted');
    await scene.ends('sec-lead');
  },
};

/** A call that CloudTrail recorded in the home Region. */
const ASKS_WHO_IT_IS = {
  eventSource: 'sts.amazonaws.com',
  eventName: 'GetCallerIdentity',
  awsRegion: 'us-east-1',
  readOnly: true,
};

/** A call of a job on GitHub. */
export const BY_GITHUB_ACTIONS = {
  ...ASKS_WHO_IT_IS,
  sourceIPAddress: '20.57.84.12',
  userAgent: 'aws-sdk-nodejs configure-aws-credentials-for-github-actions',
};

/**
 * Both keys are in use, so deactivating either may break something; the approver acknowledges that, when CloudTrail has said
 * by whom. Then the consumer takes the kept key, so the other is deleted on its date.
 */
export const bothInUse: Chapter = {
  userName: 'report-bot',
  outcome: 'remediated',
  remark: 'in use, acknowledged, and taken over',
  early: true,
  async play(scene) {
    const older = await scene.firstKey({ daysOld: 400, usedHoursAgo: 5, service: 'dynamodb' });
    scene.wasCalled(older, 5, BY_GITHUB_ACTIONS);
    const newer = await scene.oneKeyTooMany(async (owners) => {
      const keyId = await owners.createKey(scene.userName, { daysOld: 90, usedHoursAgo: 1 });
      const userAgent = 'Boto3/1.34.69 Botocore/1.34.69';
      scene.wasCalled(keyId, 1, { ...ASKS_WHO_IT_IS, sourceIPAddress: '203.0.113.17', userAgent });
      return keyId;
    });
    await scene.everybodyIsAsked();
    await scene.configShows('NON_COMPLIANT', 'Waiting for');
    const page = await scene.opens('platform-lead');
    await scene.learnsWhoUsesThem(page, 'GitHub Actions');
    await scene.decides('platform-lead', page, { keep: newer, off: [older], inUse: true });
    await scene.isInactive(older);
    await scene.meanwhile('GitHub Actions gets the kept key, and calls AWS with it', async () => {
      // It goes on calling: what counts comes after Solekey has seen the deactivation, which takes a while if an event is late.
      for (let second = 2; second <= 12; second += 2) {
        scene.wasCalled(newer, -second / 3_600, BY_GITHUB_ACTIONS);
      }
    });
    await scene.isTold('platform-lead', 'switchedOff');
    await scene.isTold('platform-lead', 'toBeDeleted');
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
