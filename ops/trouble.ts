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
    return `${NOTHING} There are no AWS credentials here: set AWS_PROFILE, or sign in first (aws sso login, say).`;
  }
  if (/^(?:ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch)/.test(kind)) {
    return `${NOTHING} AWS does not take these credentials; perhaps they have expired. It says: ${message}`;
  }
  if (/^(?:AccessDenied|UnauthorizedOperation)/.test(kind)) {
    return `${NOTHING} These credentials may not do that. AWS says: ${message}`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${NOTHING} AWS in ${region} could not be reached (${message}). Is there a network?`;
  }
  if (kind === 'ValidationError' && message.includes('does not exist')) {
    return `${NOTHING} There is no stack "${stack}" in ${region}. Give its name with --stack.`;
  }
  if (kind === 'ConditionalCheckFailedException') {
    return `${NOTHING} Somebody else changed the same in this very moment. Look with status, and try again.`;
  }
  if (error instanceof Refused) {
    return `${NOTHING} ${message}`;
  }
  const sure =
    name === 'status' ? NOTHING : 'It is not certain whether anything was changed: look with status.';
  return `${sure} ${message}`;
}

/** A command that was not carried out because it would not do what was meant. */
export class Refused extends Error {}
