/** The fields read from an error of the AWS SDK or of Node. */
interface Trouble {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
}

/** One sentence that says why there is no assessment and what to do about it, without a stack trace. */
export function assessTrouble(error: unknown, profile: string | null): string {
  const { name = '', code = '', message = String(error) } = (error ?? {}) as Trouble;
  const chosen = profile ?? process.env.AWS_PROFILE ?? null;
  const signIn = `aws sso login${chosen === null ? '' : ` --profile ${chosen}`}`;
  if (error instanceof NoAssessment) {
    return message;
  }
  if (/multi-factor|MFA/i.test(message)) {
    return `The profile ${chosen ?? 'default'} wants an MFA code, which this command cannot ask for. Sign in with ${signIn}, or export the credentials of a session.`;
  }
  if (/SSO|sso|refresh.*token|Token is expired/.test(message) && isAboutCredentials(name)) {
    return `The SSO session is missing or has expired. Sign in with: ${signIn}`;
  }
  if (name === 'CredentialsProviderError') {
    return chosen === null
      ? 'No AWS credentials found. Set AWS_PROFILE, or sign in first, for example with aws sso login. Without any: --credential-report FILE.csv'
      : `No AWS credentials found for the profile ${chosen}. Is it in ~/.aws/config? aws configure list-profiles shows all.`;
  }
  if (
    /^(?:ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch)/.test(
      name,
    )
  ) {
    return `AWS does not accept these credentials; they may have expired. AWS says: ${message}`;
  }
  if (/Throttl|TooManyRequests|RequestLimitExceeded/.test(name)) {
    return `IAM throttled every attempt; other tools in this account use up its request rate. Run this again later. AWS says: ${message}`;
  }
  if (
    /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH)$/.test(code) ||
    name === 'TimeoutError'
  ) {
    return `AWS could not be reached (${message}). Check the network and --endpoint-url.`;
  }
  if (/^(?:ENOENT|EACCES|EISDIR|ENOTDIR|EROFS|ENOSPC)$/.test(code)) {
    return `A file could not be read or written: ${message}`;
  }
  return `There is no assessment: ${message}`;
}

const isAboutCredentials = (name: string) => /Credentials|Token/.test(name);

/** There can be no assessment, for a reason that the message says in a sentence. */
export class NoAssessment extends Error {}
