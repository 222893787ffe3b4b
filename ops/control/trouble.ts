import type { Command } from './arguments.ts';
import { usageOf } from './names.ts';

/** The fields read from an error of the AWS SDK or of Node. */
interface Trouble {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
}

const NOTHING = 'Nothing was changed.';

/** Commands that change something but the control item: what is certain about them must be checked otherwise. */
const CHANGING = ['resubscribe', 'confirm', 'redrive', 'test-mail', 'check'] as const;

/** Explains an error and what to do about it, without a stack trace. */
export function inWords(error: unknown, { name, stack, region }: Command): string {
  const { name: kind = '', code = '', message = String(error) } = (error ?? {}) as Trouble;
  if (/^(?:CredentialsProviderError|TokenProviderError)$/.test(kind)) {
    return `${NOTHING} No AWS credentials found: set AWS_PROFILE, or sign in first (for example with aws sso login).`;
  }
  if (/^(?:ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch)/.test(kind)) {
    return `${NOTHING} AWS does not accept these credentials; they may have expired. AWS says: ${message}`;
  }
  if (/^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT)$/.test(code)) {
    return `${sure(name)} AWS in ${region} could not be reached (${message}). Check the network.`;
  }
  if (kind === 'ValidationError' && message.includes('does not exist')) {
    return `${NOTHING} There is no stack "${stack}" in ${region}. Give its name with --stack.`;
  }
  if (kind === 'ChangedMeanwhile') {
    return `${NOTHING} Someone else changed this at the same moment. Check with status, and try again.`;
  }
  if (error instanceof Refused) {
    return `${NOTHING} ${message}`;
  }
  if (/^(?:AccessDenied|UnauthorizedOperation|AuthorizationError)/.test(kind)) {
    // A change is one transaction, so a denied one has written nothing.
    const done = usageOf(name).needsReason ? NOTHING : sure(name);
    return `${done} These credentials do not have permission for this. AWS says: ${message}`;
  }
  return `${sure(name)} ${message}`;
}

/** A sentence on what is certain after an error in the middle of a command. */
function sure(name: Command['name']): string {
  if (usageOf(name).needsReason) {
    return 'It is not certain whether anything was changed: check with status.';
  }
  return CHANGING.some((one) => one === name)
    ? 'It is not certain whether everything was done. Repeating the command is safe.'
    : NOTHING;
}

/** A command that was not carried out because it would not do what was meant. */
export class Refused extends Error {}
