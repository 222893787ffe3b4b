import type { TrailRecord } from '../gateway/cloudtrail.ts';

/** A change that the product made to a key. */
export interface KeyChange {
  readonly userName: string;
  readonly keyId: string;
  readonly kind: 'off' | 'on' | 'deleted';
}

/** The key changes in CloudTrail's records that these functions made and IAM accepted. */
export function changesBy(functionNames: readonly string[], records: readonly TrailRecord[]): KeyChange[] {
  return records.flatMap((record) => {
    const { arn } = record.userIdentity as { readonly arn?: string };
    const session = arn?.split('/').at(-1) ?? '';
    const { userName, accessKeyId, status } = record.requestParameters ?? {};
    const kind = kindOf(record.eventName, status);
    if (record.errorCode !== undefined || kind === undefined || !functionNames.includes(session)) {
      return [];
    }
    return [{ userName: String(userName), keyId: String(accessKeyId), kind }];
  });
}

function kindOf(eventName: string, status: unknown): KeyChange['kind'] | undefined {
  if (eventName === 'DeleteAccessKey') {
    return 'deleted';
  }
  if (eventName !== 'UpdateAccessKey') {
    return undefined;
  }
  return status === 'Active' ? 'on' : 'off';
}
