import type { KeyHistory, Owners } from './owner.ts';

/** Users with too many keys, for a reader who wants to decide in the browser. */
const USERS: Readonly<Record<string, readonly KeyHistory[]>> = {
  'ci-deploy': [
    { daysOld: 630, usedHoursAgo: 43 * 24, service: 'sts' },
    { daysOld: 21, usedHoursAgo: 2, region: 'eu-west-1' },
  ],
  'report-bot': [
    { daysOld: 400, usedHoursAgo: 5, service: 'dynamodb' },
    { daysOld: 90, usedHoursAgo: 1 },
  ],
  'idle-lab': [{ daysOld: 200 }, { daysOld: 30 }],
  rotator: [{ daysOld: 180, usedHoursAgo: 1 }, {}],
  'three-keys': [
    { daysOld: 900, usedHoursAgo: 900 },
    { daysOld: 300 },
    { daysOld: 10, usedHoursAgo: 3, beyondQuota: true },
  ],
};

/** Creates these users and returns their names. */
export async function makeUsers(owners: Owners): Promise<readonly string[]> {
  const names = Object.keys(USERS);
  await Promise.all(
    Object.entries(USERS).map(async ([userName, keys]) => {
      await owners.createUser(userName, 1_000);
      for (const history of keys) {
        await owners.createKey(userName, history);
      }
    }),
  );
  return names;
}
