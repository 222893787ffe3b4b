/** The checks of an account before Solekey is deployed. */
import { RECORDED_CALLS } from '../../functions/contracts/fixed-names.ts';
import { deliveringTrails, trailProblem } from '../../functions/core/health/trail.ts';
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
      const problem = trailProblem(trails, region, RECORDED_CALLS);
      const good = deliveringTrails(trails, region, RECORDED_CALLS).map(({ name }) => name);
      return problem === null
        ? fine(`management write events are logged by the trail ${good.join(', ')}`)
        : broken(problem);
    }),
    await checked('recorder', null, async () => {
      const recorder = await account.recorder();
      const without = 'deploy with "config": "off", or set it up as docs/aws-config.md says';
      if (!recorder.recording) {
        return broken(`AWS Config has no recorder here, or it is off: ${without}`);
      }
      return recorder.users
        ? fine('AWS Config records IAM users')
        : broken(`AWS Config does not record IAM users here: ${without}`);
    }),
  ];
}
