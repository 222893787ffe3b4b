/** What a deployment puts into the functions, bundled as it is deployed. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSettings } from '../../functions/contracts/settings.ts';
import { buildApp } from '../../infra/build.ts';
import { contextWith } from './synth.ts';

/** Five bundles take a while on a busy machine. */
const BUNDLING_MS = 120_000;

/** Text that only the code of a credential provider has which Lambda never uses. */
const NEVER_USED: Readonly<Record<string, string>> = {
  profiles: 'source_profile',
  SSO: 'sso_start_url',
  'a login': 'login_session',
  'a process': 'credential_process',
  'a web identity': 'AWS_WEB_IDENTITY_TOKEN_FILE',
  STS: 'AssumeRoleWithWebIdentity',
  'a container': 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'instance metadata': '/latest/meta-data/iam/security-credentials/',
};

const PROVIDERS = join(import.meta.dirname, '../../node_modules/@aws-sdk');

/** All code of the SDK's chain of providers. */
function chainOfTheSdk(): string {
  const packages = ['env', 'http', 'ini', 'login', 'node', 'process', 'sso', 'web-identity'];
  const folders = [
    ...packages.map((name) => `credential-provider-${name}/dist-es`),
    'nested-clients/dist-es',
    '../@smithy/credential-provider-imds/dist-es',
    '../@smithy/core/dist-es',
  ];
  return folders
    .flatMap((folder) =>
      readdirSync(join(PROVIDERS, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(PROVIDERS, folder, file),
      ),
    )
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

const chain = chainOfTheSdk();
const bundles: Record<string, string> = {};
const files: Record<string, string> = {};

beforeAll(() => {
  const app = buildApp(contextWith({ ownerTags: ['Team'] }, { 'aws:cdk:bundling-stacks': ['**'] }));
  const { directory } = app.synth();
  for (const asset of readdirSync(directory).filter((name) => name.startsWith('asset.'))) {
    if (readdirSync(join(directory, asset)).includes('index.mjs')) {
      const code = readFileSync(join(directory, asset, 'index.mjs'), 'utf8');
      const [, name = asset] = /serviceName:"(\w+)"/.exec(code) ?? [];
      bundles[name] = code;
      files[name] = join(directory, asset, 'index.mjs');
    }
  }
}, BUNDLING_MS);

const HANDLERS = ['approve', 'evaluate', 'health', 'reconcile', 'records', 'sweep', 'witness'];

it('there is one bundle for each function', () => {
  expect(Object.keys(bundles).sort()).toEqual(HANDLERS);
});

describe('a bundle has no credential provider that Lambda never uses', () => {
  it.each(Object.entries(NEVER_USED))('%s', (_, text) => {
    expect(chain).toContain(text);
    for (const [name, code] of Object.entries(bundles)) {
      expect(code.includes(text), name).toBe(false);
    }
  });

  it('but the one that it does use', () => {
    for (const [name, code] of Object.entries(bundles)) {
      expect(code.includes('AWS_SESSION_TOKEN'), name).toBe(true);
    }
  });
});

it(
  'a bundle signs with the credentials that Lambda puts into the environment',
  async () => {
    const heard: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      heard.push(request.headers);
      response.writeHead(400).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const env = {
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_ACCESS_KEY_ID: 'ASIAOFTHEROLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'session-of-the-role',
        TABLE_NAME: 'cases',
        WAKE_QUEUE_URL: `http://127.0.0.1:${port}/wakes`,
      };
      const context = '{ getRemainingTimeInMillis: () => 30_000 }';
      const run = `const { handler } = await import('${pathToFileURL(files.sweep ?? '').href}'); await handler({}, ${context}).catch(() => null);`;
      await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', run], { env });
    } finally {
      server.close();
    }
    expect(heard[0]?.authorization).toMatch(/Credential=ASIAOFTHEROLE\/\d{8}\/us-east-1\/dynamodb\//);
    expect(heard[0]?.['x-amz-security-token']).toBe('session-of-the-role');
  },
  BUNDLING_MS,
);

describe('the settings in a bundle', () => {
  it.each(['approve', 'evaluate', 'reconcile'])(
    '%s has them complete and valid, so that it need not check them',
    (name) => {
      const [, encoded = ''] = /"(eyJ[A-Za-z0-9+/]{400,}={0,2})"/.exec(bundles[name] ?? '') ?? [];
      const settings: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
      expect(parseSettings(settings)).toEqual({ ok: true, settings, ignored: [] });
      expect(settings).toMatchObject({ ownerTags: ['Team'], accountName: 'prod-payments' });
    },
  );

  it('are not checked again: the schema is not there', () => {
    for (const [name, code] of Object.entries(bundles)) {
      expect(code.includes('must name at least one approver'), name).toBe(false);
    }
  });
});
