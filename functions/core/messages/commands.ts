import { lastFour } from '../model/observation.ts';

/** Names that need no quotes in any shell. */
const PLAIN = /^\w[\w.-]*$/;

/**
 * The option that names a user, safe to paste for every name. It uses `=`, because a name may begin with a dash,
 * which the AWS CLI would take for an option.
 */
function user(name: string): string {
  return PLAIN.test(name) ? `--user-name ${name}` : `--user-name='${quoted(name)}'`;
}

function quoted(name: string): string {
  return name.replaceAll("'", `'\\''`);
}

/**
 * The same for a mail. The signs by which a mail program would find a link in the name are in quotes of their own, which
 * change nothing for a shell.
 */
function userInMail(name: string): string {
  return PLAIN.test(name)
    ? `--user-name ${name.replaceAll('.', '"."')}`
    : `--user-name='${quoted(name).replace(/[.@]+|\/\/+/g, "'$&'")}'`;
}

/** The command that lists a user's keys without Solekey. */
export function listCommand(userName: string): string {
  return `aws iam list-access-keys ${user(userName)}`;
}

/** The same command for a mail. */
export function listInMail(userName: string): string {
  return `aws iam list-access-keys ${userInMail(userName)}`;
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
  const id = `"$(${listInMail(userName)} --query "${found}" --output text)"`;
  return `aws iam update-access-key ${userInMail(userName)} --status Active --access-key-id ${id}`;
}
