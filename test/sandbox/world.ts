import { fileURLToPath } from 'node:url';
import {
  CreateAccessKeyCommand,
  type CreateAccessKeyCommandInput,
  CreateUserCommand,
  IAMClient,
  type IAMClientConfig,
} from '@aws-sdk/client-iam';
import { startWorld, type World, type WorldOptions } from '../../sandbox/world/world.ts';

/** Shared by the sandbox's tests: the same directory as the launcher's, so the packages are installed once. */
export const SANDBOX_DIRECTORY = fileURLToPath(new URL('../../.sandbox', import.meta.url));

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export const ADMIN = { accessKeyId: 'administrator', secretAccessKey: 'sandbox' };

/** A world that works says nothing, so whatever it says belongs into the test's output. */
const complain = (line: string) => {
  process.stderr.write(`${line}\n`);
};

export function openWorld(options: Partial<WorldOptions> = {}): Promise<World> {
  return startWorld({ say: complain, directory: SANDBOX_DIRECTORY, ...options });
}

export type Headers = Readonly<Record<string, string>>;

/** An IAM client of the world; `headers` go with every call. One attempt: a refusal is an answer, not a pause. */
export function iamClient(world: World, config: IAMClientConfig = {}, headers: Headers = {}): IAMClient {
  const client = new IAMClient({
    region: world.region,
    endpoint: world.gateway.url,
    credentials: ADMIN,
    maxAttempts: 1,
    ...config,
  });
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { readonly headers: Record<string, string> };
      Object.assign(request.headers, headers);
      return next(args);
    },
    { step: 'build' },
  );
  return client;
}

export async function createUser(iam: IAMClient, name: string, tags: Headers = {}): Promise<string> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { User } = await iam.send(
    new CreateUserCommand({ UserName: name, ...(Tags.length > 0 ? { Tags } : {}) }),
  );
  return User?.UserId ?? '';
}

export async function createKey(
  iam: IAMClient,
  input: CreateAccessKeyCommandInput,
): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: string }> {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand(input));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

/** The truth as moto holds it, read past the gateway and its faults. */
export interface TrueUser {
  readonly userName: string;
  readonly userId: string;
  readonly tags: Headers;
  readonly keys: readonly {
    readonly accessKeyId: string;
    readonly status: string;
    readonly created: string;
    readonly lastUsed: { readonly at: string; readonly service: string; readonly region: string } | null;
  }[];
}

export async function trueUsers(world: World): Promise<TrueUser[]> {
  return (await fetch(`${world.emulators.motoUrl}/sandbox/users`)).json() as Promise<TrueUser[]>;
}

/** A user to be made past IAM, with keys as they should be; what is left out is as if made now and never used. */
export interface SeededUser {
  readonly userName: string;
  readonly path?: string;
  readonly created?: string;
  readonly tags?: Headers;
  readonly keys?: readonly {
    readonly status?: 'Active' | 'Inactive';
    readonly created?: string;
    readonly lastUsed?: { readonly at: string; readonly service: string; readonly region: string };
  }[];
}

/** Makes many users in one call; nobody hears of it, there are no events. */
export async function seedUsers(
  world: World,
  users: readonly SeededUser[],
): Promise<{ readonly userName: string; readonly userId: string; readonly keys: string[] }[]> {
  const url = `${world.emulators.motoUrl}/sandbox/users`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(users) });
  if (!answer.ok) {
    throw new Error(`the users were not made: ${await answer.text()}`);
  }
  return (await answer.json()) as Awaited<ReturnType<typeof seedUsers>>;
}
