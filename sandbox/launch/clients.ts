import { IAMClient } from '@aws-sdk/client-iam';

// The sandbox runs on the reader's Node; warnings that newer SDK versions will not support it would only distract.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** The access key with which a client signs. Signatures are not verified here, but the id identifies the caller. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Config {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
}

export type Headers = Readonly<Record<string, string>>;

/** The caller of AWS from outside the deployed stack. The gateway counts it as `launcher`. */
const LAUNCHER: Credentials = { accessKeyId: 'launcher', secretAccessKey: 'sandbox' };

/** An administrator of the organisation, who sets up users and keys in IAM. The key belongs to no user. */
export const ADMINISTRATOR: Credentials = { accessKeyId: 'administrator', secretAccessKey: 'sandbox' };

/** SDK clients for the world behind one gateway. */
export interface Clients {
  readonly url: string;
  make<Client>(type: new (config: Config) => Client): Client;
  /** An IAM client that signs with this key; `headers` (back-dating, roles) go with every call. */
  iam(credentials?: Credentials, headers?: Headers): IAMClient;
  /** Puts an object or creates a bucket, which is all that the launcher needs of S3. */
  put(path: string, content: Buffer): Promise<void>;
}

/** Makes clients with one attempt each: in the sandbox an error is an answer to show, not a reason to retry. */
export function clientsOf(url: string, region: string): Clients {
  const config = (credentials: Credentials): Config => ({
    region,
    endpoint: url,
    credentials,
    maxAttempts: 1,
  });
  return {
    url,
    make: (type) => new type(config(LAUNCHER)),
    iam(credentials = ADMINISTRATOR, headers = {}) {
      const client = new IAMClient(config(credentials));
      client.middlewareStack.add(
        (next) => (args) => {
          Object.assign((args.request as { readonly headers: Record<string, string> }).headers, headers);
          return next(args);
        },
        { step: 'build' },
      );
      return client;
    },
    async put(path, content) {
      const authorization = `AWS4-HMAC-SHA256 Credential=launcher/20260101/${region}/s3/aws4_request, SignedHeaders=host, Signature=0`;
      const answer = await fetch(url + path, { method: 'PUT', headers: { authorization }, body: content });
      if (!answer.ok) {
        throw new Error(`PUT ${path}: ${answer.status} ${await answer.text()}`);
      }
    },
  };
}
