/** The checks of an account before Solekey is deployed. */
import { broken, type CheckResult, checked, fine } from './doctor.ts';
import type { Account } from './world.ts';

/** The version of CDK's bootstrap stack that our template needs. */
const BOOTSTRAP = 6;

export async function preflight(account: Account, region: string): Promise<CheckResult[]> {
  return [
    await checked('bootstrap', null, async () => {
      const version = await account.bootstrap();
      const how = `npx cdk bootstrap aws://${account.account}/${region}`;
      if (version === null) {
        return broken(`CDK is not bootstrapped: ${how}`);
      }
      return version < BOOTSTRAP
        ? broken(`CDK's bootstrap stack has version ${version}, and ${BOOTSTRAP} is needed: ${how}`)
        : fine(`CDK is bootstrapped (version ${version})`);
    }),
    await checked('trail', null, async () => {
      const trails = await account.trails();
      const good = trails.find(({ logging, writes }) => logging && writes);
      if (good !== undefined) {
        return fine(`the trail ${good.name} logs management write events`);
      }
      const [first] = trails;
      if (first === undefined) {
        return broken(`no CloudTrail trail covers ${region}, so no new key would be noticed`);
      }
      return first.logging
        ? broken(`the trail ${first.name} does not log management write events`)
        : broken(`the trail ${first.name} is stopped`);
    }),
    await checked('recorder', null, async () => {
      const recorder = await account.recorder();
      const without = 'deploy with "config": "off", or set it up as docs/aws-config.md says';
      if (recorder === null || !recorder.recording) {
        return broken(
          `AWS Config ${recorder === null ? 'has no recorder' : 'is not recording'} here: ${without}`,
        );
      }
      return recorder.users
        ? fine('AWS Config records IAM users')
        : broken(`AWS Config does not record IAM users here: ${without}`);
    }),
  ];
}
