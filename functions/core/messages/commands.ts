import { lastFour } from '../model/observation.ts';

/** Names that every shell takes as they are. */
const PLAIN = /^\w[\w.-]*$/;

/**
 * The option that names a user, safe to paste whatever the name is. With `=`, because a name may begin with a dash,
 * which the AWS CLI would take for an option of its own.
 */
function user(name: string): string {
  return PLAIN.test(name) ? `--user-name ${name}` : `--user-name='${name.replaceAll("'", `'\\''`)}'`;
}

/** How to see the keys of a user without us. */
export function listCommand(userName: string): string {
  return `aws iam list-access-keys ${user(userName)}`;
}

/** How to switch a key on without us, where the whole id may be shown: on a page, behind its link. */
export function switchOnById(userName: string, keyId: string): string {
  return `aws iam update-access-key ${user(userName)} --access-key-id ${keyId} --status Active`;
}

/**
 * How to switch a key on without us. Mails never carry a whole key id, so the command looks it up by its last four
 * characters; were there two such keys, IAM would refuse the answer as one id, and nothing would happen.
 */
export function switchOnCommand(userName: string, keyId: string): string {
  const found = `AccessKeyMetadata[?ends_with(AccessKeyId, '${lastFour(keyId)}')].AccessKeyId`;
  const id = `"$(${listCommand(userName)} --query "${found}" --output text)"`;
  return `aws iam update-access-key ${user(userName)} --status Active --access-key-id ${id}`;
}
