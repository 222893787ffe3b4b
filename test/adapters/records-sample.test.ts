/** The daily sample of health: a hundred users against the latest anchors, from the table and the bucket. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { readSample } from '../../functions/adapters/health/records.ts';
import { sampleKey } from '../../functions/contracts/health-item.ts';
import { historyKey } from '../../functions/contracts/items.ts';
import type { StoredEntry } from '../../functions/core/case/history.ts';
import type { RecordsSample } from '../../functions/core/health/readings.ts';
import { DAY, HOUR, plus } from '../../functions/core/model/time.ts';
import { ACCOUNT, NOW } from '../fakes/cases.ts';
import { type Item, KeptAccount } from '../fakes/kept-account.ts';

const $metadata = {};
const userId = (number: number) => `AIDAKEPT${String(number).padStart(4, '0')}`;
const s3 = mockClient(S3Client);
const documents = mockClient(DynamoDBDocumentClient);
let account = new KeptAccount();
/** The sample that health kept. */
let kept: RecordsSample | null = null;

beforeEach(() => {
  account = new KeptAccount();
  kept = null;
  for (const mock of [s3, documents]) {
    mock.reset();
  }
  s3.on(ListObjectsV2Command).callsFake(() => ({
    Contents: [...account.bucket.keys()].map((Key) => ({ Key })),
    $metadata,
  }));
  s3.on(GetObjectCommand).callsFake(({ Key }) => {
    const bytes = account.bucket.get(Key);
    if (bytes === undefined) {
      throw new NoSuchKey({ message: 'no such key', $metadata });
    }
    return { Body: { transformToByteArray: async () => bytes }, $metadata };
  });
  documents.on(QueryCommand).callsFake(({ ExpressionAttributeValues }) => ({
    Items: account.items(ExpressionAttributeValues[':pk']),
    $metadata,
  }));
  documents.on(GetCommand).callsFake(({ Key }) => {
    const isSample = Key.sk === sampleKey(ACCOUNT).sk;
    const item = isSample ? { sample: kept } : account.table.get(`${Key.pk} ${Key.sk}`);
    return { Item: item, $metadata };
  });
});

const source = {
  s3: new S3Client({ region: 'us-east-1' }),
  bucket: 'B',
  documents: DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })),
  table: 'T',
  account: ACCOUNT,
  random: () => 0,
};
const sample = (now = NOW) => readSample({ ...source, publicKey: async () => account.keys.publicKey }, now);

/** So many users, of whom the first has an entry that only the later anchor has. */
function withUsers(count: number): void {
  for (let number = 0; number < count; number += 1) {
    account.pass(userId(number), plus(NOW, -30 * HOUR));
  }
  account.anchor(plus(NOW, -29 * HOUR), 'daily');
  account.anchor(plus(NOW, -10 * HOUR), 'daily');
  account.pass(userId(0), plus(NOW, -9 * HOUR));
  account.anchor(plus(NOW, -8 * HOUR), 'news');
}

function edit(number: number, n: number): void {
  const { pk, sk } = historyKey(ACCOUNT, userId(number), n);
  const item = account.table.get(`${pk} ${sk}`) as Item & { readonly entry: StoredEntry };
  account.put({ ...item, entry: { ...item.entry, rule: 'settled' } } as Item);
}

describe('a sample', () => {
  it('is of a hundred users, of whom all is as Solekey wrote it', async () => {
    withUsers(103);
    expect(await sample()).toEqual({ at: NOW, users: 100, wrong: [] });
    const asked = documents.commandCalls(QueryCommand).map((call) => call.args[0].input);
    const users = asked.filter(({ ExpressionAttributeValues: of }) => of?.[':pk'].startsWith('USER#'));
    expect(users).toHaveLength(100);
  });

  it('is of all users if they are fewer, and names each that is not as it was', async () => {
    withUsers(4);
    edit(0, 2);
    edit(3, 1);
    for (const { pk, sk } of account.items(`USER#${ACCOUNT}#${userId(1)}`)) {
      account.table.delete(`${pk} ${sk}`);
    }
    const { users, wrong } = await sample();
    expect(users).toBe(4);
    expect(wrong.map(({ words }) => words).sort()).toEqual([
      `User ${userId(1)}: everything is gone: anchor 2 has a history of 1 entry. Nobody can vouch for it since 22 Nov 2026, 11:10 UTC.`,
      `User bot-0 (${userId(0)}): entry 2 is not as anchor 3 says. Nobody can vouch for it since 23 Nov 2026, 06:10 UTC.`,
      `User bot-3 (${userId(3)}): entry 1 is not as anchor 2 says. Nobody can vouch for it since 22 Nov 2026, 11:10 UTC.`,
    ]);
  });

  it('is good for a day; the next one has those that were not as they were', async () => {
    withUsers(103);
    edit(102, 1);
    kept = { at: plus(NOW, -DAY / 2), users: 100, wrong: [{ about: userId(102), words: 'wrong' }] };
    expect(await sample()).toEqual(kept);
    expect(s3.commandCalls(GetObjectCommand)).toEqual([]);
    kept = { ...kept, at: plus(NOW, -DAY) };
    const { users, wrong } = await sample();
    expect([users, wrong.map(({ about }) => about)]).toEqual([100, [userId(102)]]);
  });

  it('is of nobody while there is no anchor', async () => {
    expect(await sample()).toEqual({ at: NOW, users: 0, wrong: [] });
  });

  it('names the anchor that is not as it was signed', async () => {
    withUsers(2);
    account.bucket.set('anchors/000000003/anchor.sig', Buffer.from('x'));
    expect((await sample()).wrong).toEqual([
      {
        about: 'anchors',
        words: expect.stringMatching(/^Anchor 3 of the records is not as it was signed: /),
      },
    ]);
  });

  it('names an anchor before the latest that is not as it was signed, and goes back no further than it must', async () => {
    withUsers(2);
    account.anchor(plus(NOW, -7 * HOUR), 'news');
    account.bucket.delete('anchors/000000003/anchor.json');
    account.bucket.delete('anchors/000000001/anchor.json');
    const { wrong } = await sample();
    expect(wrong).toEqual([
      { about: 'anchors', words: 'Anchor 1 is missing. Nobody can vouch for it from the beginning.' },
    ]);
    const keys = s3.commandCalls(GetObjectCommand).map((call) => call.args[0].input.Key ?? '');
    expect(keys.some((key) => key.startsWith('anchors/000000000'))).toBe(false);
  });
});
