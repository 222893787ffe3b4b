import type { Command } from './arguments.ts';

/** The fields read from an error of the AWS SDK or of Node. */
interface Trouble {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
}

const NOTHING = 'Nothing was changed.';

/** Explains an error and what to do about it, without a stack trace. */
export function inWords(error: unknown, { name, stack, region }: Command): string {
  const { name: kind = '', code = '', message = String(error) } = (error ?? {}) as Trouble;
  if (kind === 'CredentialsProviderError') {
    return `${NOTHING} No AWS credentials found: set AWS_PROFILE, or sign in first (for example with aws sso login).`;
  }
  if (/^(?:ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch)/.test(kind)) {
    return `${NOTHING} AWS does not accept these credentials; they may have expired. AWS says: ${message}`;
  }
  if (/^(?:AccessDenied|UnauthorizedOperation)/.test(kind)) {
    return `${NOTHING} These credentials do not have permission for this. AWS says: ${message}`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${NOTHING} AWS in ${region} could not be reached (${message}). Check the network.`;
  }
  if (kind === 'ValidationError' && message.includes('does not exist')) {
    return `${NOTHING} There is no stack "${stack}" in ${region}. Give its name with --stack.`;
  }
  if (kind === 'ConditionalCheckFailedException') {
    return `${NOTHING} Someone else changed this at the same moment. Check with status, and try again.`;
  }
  if (error instanceof Refused) {
    return `${NOTHING} ${message}`;
  }
  const sure =
    name === 'status' || name === 'show'
      ? NOTHING
      : 'It is not certain whether anything was changed: check with status.';
  return `${sure} ${message}`;
}

/** A command that was not carried out because it would not do what was meant. */
export class Refused extends Error {}
