/** The AWS clients of an assessment, with the credentials and the endpoint that its options name. */
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IAMClient } from '@aws-sdk/client-iam';
import type { AssessOptions } from './options.ts';

type Access = Pick<AssessOptions, 'profile' | 'region' | 'endpointUrl'>;

const requestHandler = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** The Region of the options, of the environment, or us-east-1. IAM is the same in every Region of a partition. */
export function regionOf({ region }: Access): string {
  return region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';
}

const chosen = ({ profile, endpointUrl }: Access) => ({
  ...(profile === null ? {} : { profile }),
  ...(endpointUrl === null ? {} : { endpoint: endpointUrl }),
});

/** IAM's request rate is shared with other tools of the account: `adaptive` slows down when throttled. */
export function iamOf(access: Access): IAMClient {
  const region = regionOf(access);
  return new IAMClient({ region, retryMode: 'adaptive', maxAttempts: 8, requestHandler, ...chosen(access) });
}

/** CloudTrail in each Region, one client each. One attempt, because the reader keeps the pace and tries again itself. */
export function cloudTrailOf(access: Access): (region: string) => CloudTrailClient {
  const clients = new Map<string, CloudTrailClient>();
  return (region) => {
    const client =
      clients.get(region) ??
      new CloudTrailClient({ region, maxAttempts: 1, requestHandler, ...chosen(access) });
    clients.set(region, client);
    return client;
  };
}
