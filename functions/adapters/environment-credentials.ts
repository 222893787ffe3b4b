/**
 * Stands for the SDK's package of credential providers in the bundles of the functions (infra/constructs/function.ts).
 * Lambda gives a function its role's credentials in the environment and nowhere else, so that profiles, SSO, processes,
 * web identities and metadata services are code that is loaded at each cold start and never runs.
 */

/** Credentials as the SDK's clients expect them. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The provider that a client gets if it is created without one; the SDK gives the function this name. It is read with
 * the first request. Throws if the environment has no credentials, because then the function does not run in Lambda.
 */
export function defaultProvider(): () => Promise<Credentials> {
  return async () => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId = '',
      AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
      AWS_SESSION_TOKEN: sessionToken = '',
    } = process.env;
    if (accessKeyId === '' || secretAccessKey === '') {
      throw new Error('There are no credentials in the environment: this function does not run in Lambda.');
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) };
  };
}
