import { IAMClient } from '@aws-sdk/client-iam';

// The sandbox runs on the reader's Node, whatever newer versions of the SDK will think of it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** An access key as a client signs with it. Nothing verifies signatures here, but the id says who calls. */
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

/** Whoever calls AWS from outside the deployed stack. In the gateway's counts this is `launcher`. */
const LAUNCHER: Credentials = { accessKeyId: 'launcher', secretAccessKey: 'sandbox' };

/** Sets the scene in IAM: an administrator of the organisation, nobody's key. */
export const ADMINISTRATOR: Credentials = { accessKeyId: 'administrator', secretAccessKey: 'sandbox' };

/** SDK clients for the world behind one gateway. */
export interface Clients {
  readonly url: string;
  make<Client>(type: new (config: Config) => Client): Client;
  /** An IAM client that signs with this key; `headers` (back-dating, roles) go with every call. */
  iam(credentials?: Credentials, headers?: Headers): IAMClient;
  /** Puts an object, or creates a bucket: the launcher needs no more of S3 than this. */
  put(path: string, content: Buffer): Promise<void>;
}

/** One attempt each: in the sandbox a refusal is an answer, not a reason to wait. */
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
