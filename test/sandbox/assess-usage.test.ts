/** `npm run assess` with usage, through the gateway: its CloudTrail, and an IAM of two users. The clock is the test's. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Report } from '../../functions/core/assess/report.ts';
import { NOT_SEEN } from '../../functions/core/assess/usage.ts';
import { instantOf } from '../../functions/core/model/time.ts';
import { runAssess } from '../../ops/assess/run.ts';
import type { AwsCall } from '../../sandbox/gateway/call.ts';
import { EventHistory, type SeededEvent } from '../../sandbox/gateway/event-history.ts';
import { accept, refuse } from '../../sandbox/gateway/refusal.ts';
import { type Gateway, startGateway } from '../../sandbox/gateway/server.ts';
import { choosePorts } from '../../sandbox/world/ports.ts';
import { ADMIN } from './world.ts';

const ACCOUNT = '123456789012';
const START = Date.parse('2026-11-23T16:10:00Z');
const DAY = 86_400_000;
const [OLDER, NEWER] = ['AKIAI44QH8DHBEX13QXK', 'AKIAIOSFODNN7EXAMPLE'];
const iso = (daysAgo: number) => `${new Date(START - daysAgo * DAY).toISOString().slice(0, 19)}Z`;

const about = (name: string) =>
  `<UserId>AIDA${name.toUpperCase()}</UserId><UserName>${name}</UserName><Path>/</Path>` +
  `<Arn>arn:aws:iam::${ACCOUNT}:user/${name}</Arn><CreateDate>${iso(900)}</CreateDate>`;
const keyXml = (id: string, days: number) =>
  `<member><AccessKeyId>${id}</AccessKeyId><Status>Active</Status><CreateDate>${iso(days)}</CreateDate></member>`;

/** `ci` has two active keys, `one` has one. There is no credential report. */
async function iam(call: AwsCall) {
  const name = call.parameters.get('UserName') ?? '';
  const keys = name === 'ci' ? keyXml(OLDER, 600) + keyXml(NEWER, 90) : keyXml('AKIAI44QH8DHBEX1R7WZ', 90);
  const isNewer = call.parameters.get('AccessKeyId') === NEWER;
  const answers: Readonly<Record<string, string>> = {
    GetAccountAuthorizationDetails: `<IsTruncated>false</IsTruncated><UserDetailList><member>${about('ci')}</member><member>${about('one')}</member></UserDetailList>`,
    GetUser: `<User>${about(name)}</User>`,
    ListAccessKeys: `<IsTruncated>false</IsTruncated><AccessKeyMetadata>${keys}</AccessKeyMetadata>`,
    GetAccessKeyLastUsed: `<AccessKeyLastUsed><LastUsedDate>${iso(isNewer ? 0 : 43)}</LastUsedDate><ServiceName>s3</ServiceName><Region>${isNewer ? 'eu-west-1' : 'us-east-1'}</Region></AccessKeyLastUsed>`,
  };
  const answer = answers[call.action];
  return answer === undefined ? refuse(call, 403, 'AccessDenied', 'no') : accept(call, answer);
}

let now = START;
let history = new EventHistory(
  ACCOUNT,
  () => [],
  () => now,
);
let gateway: Gateway;
const folder = mkdtempSync(join(tmpdir(), 'solekey-usage-'));

beforeAll(async () => {
  const ports = await choosePorts();
  gateway = await startGateway({
    port: ports.gateway,
    account: ACCOUNT,
    ministackUrl: 'http://127.0.0.1:1',
    motoUrl: 'http://127.0.0.1:1',
    say: () => undefined,
    services: { iam, cloudtrail: (call) => history.handler(call) },
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await gateway?.stop();
});
beforeEach(() => {
  now = START;
  history = new EventHistory(
    ACCOUNT,
    () => [],
    () => now,
  );
  gateway.counts.reset();
  vi.stubEnv('AWS_ACCESS_KEY_ID', ADMIN.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', ADMIN.secretAccessKey);
});
afterEach(() => {
  gateway.faults.clear();
  vi.unstubAllEnvs();
});

const call = (accessKeyId: string, daysAgo: number, more: Partial<SeededEvent> = {}): SeededEvent => ({
  accessKeyId,
  userName: 'ci',
  eventTime: iso(daysAgo),
  eventSource: 'sts.amazonaws.com',
  eventName: 'GetCallerIdentity',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.17',
  userAgent: 'Boto3/1.34.69 Botocore/1.34.69',
  readOnly: true,
  ...more,
});
const CI = 'configure-aws-credentials-for-github-actions';

async function assessed(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const streams = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const time = {
    now: () => instantOf(now),
    pause: async (seconds: number) => {
      now += seconds * 1_000;
    },
  };
  const code = await runAssess(['--endpoint-url', gateway.url, '--out', folder, ...args], streams, time);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const report = JSON.parse(read('report.json')) as Report;
  const looked = gateway.counts.snapshot({ service: 'cloudtrail' });
  return { code, out, err: err.join('\n'), report, read, looked };
}

describe('an assessment with usage', () => {
  beforeEach(() => {
    history.seed([
      call(NEWER, 0.01, { awsRegion: 'eu-west-1', userAgent: CI }),
      call(NEWER, 3, { errorCode: 'AccessDenied', sourceIPAddress: '198.51.100.9' }),
      call(OLDER, 43, { sourceIPAddress: '10.0.3.7', userAgent: 'aws-cli/2.15.30 exec-env/<script>' }),
    ]);
  });

  it('prints the table first, then who uses each key, in five calls a key and Region', async () => {
    const { code, out, looked } = await assessed();
    expect(code).toBe(2);
    expect(out[0]).toMatch(/^ {2}user +keys +proposal/);
    expect(out[0]).not.toContain('GitHub');
    expect(out[1]).toMatch(
      / {2}ci {2}…MPLE {2}GitHub Actions: STS, today 15:55 UTC; 198\.51\.100\.0\/24 \(boto3\): STS/,
    );
    expect(out[1]).toMatch(
      / {2}ci {2}…3QXK {2}10\.0\.3\.0\/24 \(AWS CLI\): STS, 11 Oct 2026 \(43 days ago\)/,
    );
    expect(out[1]).toContain(NOT_SEEN);
    expect(looked).toEqual({ 'cloudtrail:LookupEvents': { ok: 15 } });
  });

  it('puts it into all files, and changes no proposal', async () => {
    const { report, read } = await assessed();
    expect(report.violations[0]).toMatchObject({
      confidence: 'medium',
      usage: [
        {
          key: '…MPLE',
          kinds: ['ci', 'program'],
          shared: true,
          families: [{ agent: 'github-actions' }, { errors: 1 }],
        },
        { key: '…3QXK', kinds: ['machine'], families: [{ agent: 'aws-cli' }] },
      ],
    });
    expect(read('violations.csv')).toContain('…MPLE GitHub Actions: STS, today 15:55 UTC');
    expect(read('violations.csv')).toContain(NOT_SEEN.replaceAll('"', '""'));
    expect(read('report.html')).toContain('Usage of …3QXK: 10.0.3.0/24 (AWS CLI)');
    expect(read('report.html')).toContain('does not mean unused');
    expect(read('report.html') + read('report.json')).not.toContain('exec-env');
    expect((await assessed('--usage', 'off')).report.violations[0]?.confidence).toBe('medium');
  });

  it('explains one user, and looks up nobody else', async () => {
    const { out, looked } = await assessed('--explain', 'CI');
    expect(out.join('\n')).toMatch(
      /Proposal: [\s\S]*\nUsage of …MPLE: GitHub Actions[\s\S]*A CI job needs no access key/,
    );
    expect(looked).toEqual({ 'cloudtrail:LookupEvents': { ok: 15 } });
    const other = await assessed('--explain', 'one');
    expect(other.out.join('\n')).toMatch(
      /^IAM user one has at most one active key: there is nothing to choose\./,
    );
  });

  it('prints only the report with --json, once', async () => {
    const { out, report } = await assessed('--json');
    expect(out.map((text) => JSON.parse(text) as Report)).toEqual([report]);
    expect(report.violations[0]?.usage[0]?.lookup.kind).toBe('looked-up');
  });

  it('makes no call with --usage off', async () => {
    const { out, looked, report, err } = await assessed('--usage', 'off');
    expect(looked).toEqual({});
    expect(out).toHaveLength(1);
    expect(report.violations[0]?.usage.map(({ words }) => words)).toEqual(['-', '-']);
    expect(err).not.toContain('cloudtrail');
  });

  it('is partial without the permission, and names it', async () => {
    gateway.faults.refuse({ service: 'cloudtrail' }, { code: 'AccessDeniedException', status: 400 }, 100);
    const { code, out, err, report, looked } = await assessed();
    expect(code).toBe(2);
    expect(out[1]).toContain('…MPLE  not looked up (not permitted)');
    expect(err).toContain(
      'Not permitted, so something may be missing: iam:GenerateCredentialReport, cloudtrail:LookupEvents.',
    );
    expect(report.denied).toContain('cloudtrail:LookupEvents');
    expect(looked).toEqual({ 'cloudtrail:LookupEvents': { AccessDeniedException: 1 } });
  });

  it('says that it was throttled, and goes on', async () => {
    gateway.faults.refuse({ service: 'cloudtrail' }, { code: 'ThrottlingException', status: 400 }, 3);
    const { out, looked } = await assessed();
    expect(out[1]).toContain('…MPLE  not looked up (throttled)');
    expect(out[1]).toContain('…3QXK  10.0.3.0/24 (AWS CLI)');
    expect(looked).toEqual({ 'cloudtrail:LookupEvents': { ThrottlingException: 3, ok: 5 } });
  });
});
