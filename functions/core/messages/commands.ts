import { lastFour } from '../model/observation.ts';

/** Names that need no quotes in any shell. */
const PLAIN = /^\w[\w.-]*$/;

/**
 * The option that names a user, safe to paste for every name. It uses `=`, because a name may begin with a dash,
 * which the AWS CLI would take for an option.
 */
function user(name: string): string {
  return PLAIN.test(name) ? `--user-name ${name}` : `--user-name='${name.replaceAll("'", `'\\''`)}'`;
}

/** The command that lists a user's keys without Solekey. */
export function listCommand(userName: string): string {
  return `aws iam list-access-keys ${user(userName)}`;
}

/** The command that reactivates a key without Solekey. It contains the whole key id, so it is only for pages. */
export function switchOnById(userName: string, keyId: string): string {
  return `aws iam update-access-key ${user(userName)} --access-key-id ${keyId} --status Active`;
}

/**
 * The command that reactivates a key without Solekey, for mails. Mails never contain a whole key id, so the command
 * finds the key by its last four characters. If two keys had the same ending, IAM would refuse the result as a key
 * id, and nothing would change.
 */
export function switchOnCommand(userName: string, keyId: string): string {
  const found = `AccessKeyMetadata[?ends_with(AccessKeyId, '${lastFour(keyId)}')].AccessKeyId`;
  const id = `"$(${listCommand(userName)} --query "${found}" --output text)"`;
  return `aws iam update-access-key ${user(userName)} --status Active --access-key-id ${id}`;
}
