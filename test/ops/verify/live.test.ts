/** `npm run verify` on a deployed stack: what it reads from AWS, and that it accuses nobody because Solekey is at work. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { instantOf, plus } from '../../../functions/core/model/time.ts';
import { checkSource } from '../../../ops/verify/live.ts';
import { runVerify } from '../../../ops/verify/run.ts';
import { ACCOUNT } from '../../fakes/cases.ts';
import { type Item, KeptAccount } from '../../fakes/kept-account.ts';

const $metadata = {};
const A = 'AIDAKEPTACCOUNT00000A';
const root = mkdtempSync(join(tmpdir(), 'solekey-live-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const formation = mockClient(CloudFormationClient);
const s3 = mockClient(S3Client);
const documents = mockClient(DynamoDBDocumentClient);
const NOW = instantOf(Date.now());
let account = new KeptAccount();
let folder = '';

/** Every version of a file of the bucket, the present one first. */
interface Versions {
  readonly Key: string;
  readonly IsLatest: boolean;
  readonly VersionId: string;
}
let [more, deleted]: [Versions[], { Key: string }[]] = [[], []];

beforeEach(() => {
  folder = mkdtempSync(join(root, 'saved-'));
  account = new KeptAccount();
  account.pass(A, plus(NOW, -7200));
  account.command(plus(NOW, -7100), 'pause');
  account.anchor(plus(NOW, -3600), 'daily');
  account.pass(A, plus(NOW, -1800));
  [more, deleted] = [[], []];
  for (const mock of [formation, s3, documents]) {
    mock.reset();
  }
  formation.on(DescribeStacksCommand).resolves({
    Stacks: [
      {
        StackId: `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/Solekey/1`,
        StackName: 'Solekey',
        CreationTime: new Date(),
        StackStatus: 'UPDATE_COMPLETE',
        Outputs: [
          { OutputKey: 'TableName', OutputValue: 'T' },
          { OutputKey: 'RecordsBucketName', OutputValue: 'B' },
        ],
      },
    ],
    $metadata,
  });
  s3.on(ListObjectVersionsCommand).callsFake(({ KeyMarker }) => {
    const all = [...account.bucket.keys()].map((Key) => ({ Key, IsLatest: true, VersionId: '1' }));
    const [first = { Key: '', IsLatest: true, VersionId: '1' }, ...others] = all;
    return KeyMarker === undefined
      ? {
          Versions: [first],
          IsTruncated: true,
          NextKeyMarker: first.Key,
          NextVersionIdMarker: '1',
          $metadata,
        }
      : { Versions: [...others, ...more], DeleteMarkers: deleted, $metadata };
  });
  s3.on(GetObjectCommand).callsFake(({ Key }) => ({
    Body: { transformToByteArray: async () => account.bucket.get(Key) },
    $metadata,
  }));
  documents.on(ScanCommand).callsFake(({ ExclusiveStartKey, ConsistentRead }) => {
    const items = [...account.table.values()];
    return ConsistentRead !== true || ExclusiveStartKey !== undefined
      ? { Items: items.slice(1), $metadata }
      : { Items: items.slice(0, 1), LastEvaluatedKey: { pk: 'x' }, $metadata };
  });
  documents.on(QueryCommand).callsFake(({ ExpressionAttributeValues }) => ({
    Items: account.items(ExpressionAttributeValues[':pk']),
    $metadata,
  }));
  documents.on(GetCommand).callsFake(({ Key }) => ({
    Item: account.table.get(`${Key.pk} ${Key.sk}`),
    $metadata,
  }));
});

const source = () => ({
  account: ACCOUNT,
  table: 'T',
  bucket: 'B',
  s3: new S3Client({ region: 'us-east-1' }),
  documents: DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })),
});

const check = async (...accepted: number[]) => {
  const { lines, json, code } = await checkSource(source(), folder, account.keys.publicKey, accepted);
  return { code, findings: lines.filter((line) => line.startsWith('!')), lines, json };
};

describe('a deployed stack', () => {
  it('is as Solekey wrote it, and stays in a folder that only its owner can read', async () => {
    expect(await check()).toMatchObject({ code: 0, findings: [] });
    expect(readdirSync(folder).sort()).toEqual(['about.json', 'anchors', 'table.jsonl']);
    for (const name of ['about.json', 'table.jsonl', 'anchors/000000001/anchor.json']) {
      expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
    }
    expect(documents.commandCalls(ScanCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'T',
      ConsistentRead: true,
    });
  });

  it('is found by its outputs, from the command line', async () => {
    const key = join(folder, 'public.pem');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(key, account.keys.publicKey.export({ type: 'spki', format: 'pem' }));
    const [out, err]: [string[], string[]] = [[], []];
    const streams = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
    expect(await runVerify(['--key', key], streams)).toBe(0);
    expect(out.join('\n')).toContain('1 user with 2 entries, 1 entry in the ledger, 1 anchor.');
    expect(err).toEqual([`Account ${ACCOUNT}, us-east-1, stack Solekey`]);
    expect(await runVerify(['--key', key, '--save', join(folder, 'kept')], streams)).toBe(0);
    expect(existsSync(join(folder, 'kept/table.jsonl'))).toBe(true);

    formation.on(DescribeStacksCommand).rejects(Object.assign(new Error('No'), { name: 'AccessDenied' }));
    expect(await runVerify(['--key', key], streams)).toBe(1);
    expect(err.at(-1)).toMatch(/^Not checked\. These credentials do not have permission for this\./);
  });

  it('is of a release without records', async () => {
    const [stack] = (await new CloudFormationClient({}).send(new DescribeStacksCommand({}))).Stacks ?? [];
    const Outputs = stack?.Outputs?.slice(0, 1) ?? [];
    formation.on(DescribeStacksCommand).resolves({ Stacks: [{ ...stack, Outputs } as never], $metadata });
    const key = join(folder, 'public.pem');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(key, account.keys.publicKey.export({ type: 'spki', format: 'pem' }));
    const err: string[] = [];
    const code = await runVerify(['--key', key], { out: () => {}, err: (line) => err.push(line) });
    expect([code, err.join()]).toEqual([
      1,
      expect.stringContaining('deploy release 0.11.0 or a newer one first'),
    ]);
  });
});

describe('a table that was restored from a backup, as its ledger says', () => {
  const B = 'AIDAKEPTACCOUNT00000B';

  /** Nothing is left of one user; the ledger says that a backup was put back. */
  function restored() {
    account.pass(B, plus(NOW, -1700));
    account.anchor(plus(NOW, -1500), 'daily');
    for (const { pk, sk } of account.items(`USER#${ACCOUNT}#${B}`)) {
      account.table.delete(`${pk} ${sk}`);
    }
    account.restored(plus(NOW, -1400), 2, 1);
  }

  it('is not believed until somebody names the entry', async () => {
    restored();
    const { code, findings, lines, json } = await check();
    expect(code).toBe(2);
    expect(findings).toEqual([
      expect.stringMatching(
        /^! The table was restored from a backup on .* by arn:aws:iam::123456789012:user\/alice \(entry 2 of the ledger: a drill\); 1 entry that anchors have is not in the table since\. Only the ledger says .* check again with --accept-restore 2\.$/,
      ),
    ]);
    expect(lines).toContainEqual(expect.stringMatching(/^Everything else is as Solekey wrote it until /));
    expect(json).toMatchObject({ restores: [{ entry: 2, entries: 1, accepted: false }], findings: [] });
    expect(await check(1)).toMatchObject({ code: 2 });
    expect(await check(2)).toMatchObject({
      ...{ code: 0, findings: [], json: { restores: [{ entry: 2, accepted: true }] } },
      lines: expect.arrayContaining([expect.stringMatching(/^The table was restored .* since\.$/)]),
    });
  });

  it('needs no confirmation where the restore explains nothing', async () => {
    account.anchor(plus(NOW, -1500), 'daily');
    account.restored(plus(NOW, -1400), 2, 1);
    expect(await check()).toMatchObject({ code: 0, json: { restores: [{ entries: 0, accepted: true }] } });
  });
});

describe('while Solekey is at work', () => {
  it('a case that moved while the table was read is read again before anybody is accused', async () => {
    const early = [...account.table.values()];
    account.pass(A, plus(NOW, -60));
    const late = [...account.table.values()].filter(({ sk }) => sk !== 'CASE');
    const cases = early.filter(({ sk }) => sk === 'CASE');
    documents.on(ScanCommand).resolves({ Items: [...cases, ...late] as Item[], $metadata });
    expect(await check()).toMatchObject({ code: 0, findings: [] });
    expect(readFileSync(join(folder, 'again.jsonl'), 'utf8').trim().split('\n')).toHaveLength(4 + 2);
  });

  it('a user who is at work all the time is not accused: the command says so', async () => {
    documents.on(ScanCommand).resolves({ Items: [...account.table.values()].slice(1) as Item[], $metadata });
    const versions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    documents.on(GetCommand).callsFake(() => ({ Item: { version: versions.shift() }, $metadata }));
    await expect(check()).rejects.toThrow(
      `Solekey is writing to USER#${ACCOUNT}#${A}. Try again in a minute.`,
    );
  });

  it('an anchor that is being written is left out', async () => {
    account.bucket.set('anchors/000000002/entries.jsonl', Buffer.from(''));
    expect(await check()).toMatchObject({ code: 0, findings: [] });
  });
});

describe('what somebody did to the bucket', () => {
  it('a text that was written twice, or deleted, is named', async () => {
    more = [{ Key: 'anchors/000000001/anchor.json', IsLatest: false, VersionId: '0' }];
    deleted = [{ Key: 'anchors/000000002/anchor.json' }];
    const { findings } = await check();
    expect(findings.join('\n')).toContain(
      'Anchor 1: anchor.json was replaced or deleted; an older version is known.',
    );
    expect(findings.join('\n')).toContain(
      'Anchor 2: anchor.json was replaced or deleted; an older version is known.',
    );
    expect(findings.join('\n')).toContain('Anchor 2 is missing.');
  });

  it('the oldest anchors have expired: S3 hid some files of one, and its whole place is left out', async () => {
    const long = new KeptAccount();
    for (const days of [500, 450, 401, 1]) {
      long.pass(A, plus(NOW, -days * 86_400 - 600));
      long.anchor(plus(NOW, -days * 86_400), 'daily');
    }
    long.anchor(plus(NOW, -600), 'daily');
    account = long;
    account.bucket.delete('anchors/000000002/entries.jsonl');
    expect((await check()).findings).not.toEqual([]);
    expect(readdirSync(join(folder, 'anchors'))).toContain('000000001');
    for (const { name } of account.folder(1)) {
      account.bucket.delete(`anchors/000000001/${name}`);
    }
    deleted = [{ Key: 'anchors/000000001/anchor.json' }, { Key: 'anchors/000000002/entries.jsonl' }];
    const { findings, lines } = await check();
    expect(findings).toEqual([]);
    expect(lines.join('\n')).toMatch(/The anchors begin with number 3, of .*: older ones have expired\.$/);
  });

  it('names that could lead elsewhere are not written, but named; the hint is no anchor', async () => {
    account.bucket.set('anchors/latest.json', Buffer.from('{}'));
    account.bucket.set('anchors/../../evil', Buffer.from('x'));
    account.bucket.set('anchors/000000001/sub/evil', Buffer.from('x'));
    const { findings } = await check();
    expect(findings.map((line) => line.replace(/ Not vouched.*/, ''))).toEqual([
      '! anchors/../../evil belongs to no anchor.',
      '! anchors/000000001/sub/evil belongs to no anchor.',
    ]);
    expect(readdirSync(root).filter((name) => name.includes('evil'))).toEqual([]);
  });

  it('the folder of an earlier check remembers anchors that were exchanged or taken away', async () => {
    account.anchor(plus(NOW, -1000), 'news');
    expect(await check()).toMatchObject({ code: 0 });
    account.forget(2);
    account.pass(A, plus(NOW, -900));
    account.anchor(plus(NOW, -800), 'news');
    const { findings } = await check();
    expect(findings.join('\n')).toContain(
      'Anchor 2: anchor.json was replaced or deleted; an older version is known.',
    );
    account.forget(2);
    expect((await check()).findings.join('\n')).toContain('Anchor 2 is missing.');
    expect(existsSync(join(folder, 'anchors/000000002/anchor.json'))).toBe(false);
  });
});
