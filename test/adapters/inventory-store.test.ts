import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { inventoryStore } from '../../functions/adapters/inventory-store.ts';
import { PRIVILEGE_NOT_READ } from '../../functions/core/inventory/privilege.ts';
import { inventoryRow } from '../../functions/core/inventory/row.ts';
import { CREDENTIALS_NOT_READ } from '../../functions/core/inventory/surveyed.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { ACCOUNT, NOW, newer, older } from '../fakes/cases.ts';

const s3 = mockClient(S3Client);
const store = inventoryStore(new S3Client({ region: 'us-east-1' }), 'inventory-bucket');
/** The only part of a body that is used. */
const body = (text: string) => ({ transformToByteArray: async () => Buffer.from(text) });
const read = {
  turn: 7,
  asOf: NOW,
  users: [
    {
      arn: 'arn:aws:iam::123456789012:user/a',
      created: NOW,
      asOf: NOW,
      keys: [{ id: 'AKIAIOSFODNN7EXAMPLE', status: 'Active' as const, created: NOW }],
    },
  ],
};

beforeEach(() => {
  s3.reset();
  s3.on(PutObjectCommand).resolves({});
});

const put = () => s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);

describe('the readings', () => {
  it('of a turn are stored under its number, and come back as they were', async () => {
    await store.keepTurn(read);
    const [stored] = put();
    expect(stored).toMatchObject({ Bucket: 'inventory-bucket', Key: 'readings/turn-007.json' });
    s3.on(ListObjectsV2Command).resolves({
      Contents: [{ Key: 'readings/turn-007.json', LastModified: new Date(NOW) }],
    });
    s3.on(GetObjectCommand).resolves({ Body: body(String(stored?.Body)) as never });
    expect(await store.readings()).toEqual([read]);
  });

  it('have the times of their objects, from all pages, and of nothing else that lies there', async () => {
    s3.on(ListObjectsV2Command)
      .resolvesOnce({
        Contents: [
          { Key: 'readings/turn-000.json', LastModified: new Date(NOW) },
          { Key: 'readings/turn-1.json', LastModified: new Date(NOW) },
          { Key: 'readings/turn-002.json' },
          { LastModified: new Date(NOW) },
        ],
        IsTruncated: true,
        NextContinuationToken: 'more',
      })
      .resolvesOnce({ Contents: [{ Key: 'readings/turn-167.json', LastModified: new Date(NOW) }] })
      .resolves({});
    expect(await store.turns()).toEqual(
      new Map([
        [0, NOW],
        [167, NOW],
      ]),
    );
    expect(await store.turns()).toEqual(new Map());
  });

  it('that cannot be read are left out, as if their turn had never come', async () => {
    s3.on(ListObjectsV2Command).resolves({
      Contents: [1, 2, 3, 4].map((n) => ({ Key: `readings/turn-00${n}.json`, LastModified: new Date(NOW) })),
    });
    s3.on(GetObjectCommand)
      .resolvesOnce({ Body: body('{"turn": 1') as never })
      .resolvesOnce({ Body: body(JSON.stringify({ ...read, turn: 'x' })) as never })
      .resolvesOnce({})
      .rejectsOnce(new NoSuchKey({ $metadata: {}, message: 'gone' }));
    expect(await store.readings()).toEqual([]);
  });
});

describe('the latest inventory', () => {
  it('is none at first', async () => {
    s3.on(GetObjectCommand).rejects(new NoSuchKey({ $metadata: {}, message: 'none' }));
    expect([await store.latest(), await store.ordered()]).toEqual([null, null]);
    s3.on(GetObjectCommand).rejects(new Error('AccessDenied'));
    await expect(store.latest()).rejects.toThrow('AccessDenied');
  });

  it('is named last, when all of its files are there', async () => {
    const about = { arn: read.users[0]?.arn ?? '', created: NOW, path: '/', tags: { Owner: '=cmd|calc' } };
    const user = {
      ...about,
      userId: 'AIDA1',
      userName: 'a',
      console: false,
      privilege: PRIVILEGE_NOT_READ,
      otherCredentials: CREDENTIALS_NOT_READ,
      how: 'live' as const,
      asOf: NOW,
    };
    const context = { account: ACCOUNT, owner: '=cmd|calc', fullIds: true, usage: new Map() };
    const rows = [[newer(), older()], [newer()]].map((keys) => inventoryRow({ ...user, keys }, context));
    await store.keep({ account: ACCOUNT, takenAt: NOW, listedAt: NOW, reportOf: NOW, ordered: NOW, rows });
    const files = put();
    const folder = 'inventory/20261123T161000Z/';
    expect(files.map(({ Key }) => Key)).toEqual([
      `${folder}inventory.jsonl`,
      `${folder}inventory.csv`,
      `${folder}violations.jsonl`,
      `${folder}violations.csv`,
      `${folder}manifest.json`,
      'inventory/latest.json',
    ]);
    const text = (name: string) => String(files.find(({ Key }) => Key?.endsWith(name))?.Body);
    expect(text('/inventory.jsonl').trim().split('\n')).toHaveLength(2);
    expect(text('/violations.jsonl').trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(text('/violations.jsonl'))).toMatchObject({
      activeKeys: 2,
      keys: [{ id: newer().id }, {}],
    });
    expect(text('/inventory.csv')).toContain("'=cmd|calc");
    expect(JSON.parse(text('manifest.json'))).toMatchObject({
      account: ACCOUNT,
      users: 2,
      keys: 3,
      violations: 1,
      sources: { live: 2, report: 0, unread: 0 },
      files: [
        { name: 'inventory.jsonl', sha256: sha256(text('/inventory.jsonl')) },
        { name: 'inventory.csv' },
        { name: 'violations.jsonl' },
        { name: 'violations.csv', bytes: Buffer.byteLength(text('/violations.csv')) },
      ],
    });
    const latest = JSON.parse(text('latest.json'));
    expect(latest).toMatchObject({ takenAt: NOW, folder });
    s3.on(GetObjectCommand).resolves({ Body: body(JSON.stringify(latest)) as never });
    expect([await store.latest(), await store.ordered()]).toEqual([NOW, NOW]);
  });
});
