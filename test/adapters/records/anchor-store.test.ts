import { generateKeyPairSync, sign } from 'node:crypto';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { anchorStore } from '../../../functions/adapters/records/anchor-store.ts';
import { sha256 } from '../../../functions/core/model/digest.ts';
import type { Anchor } from '../../../functions/core/records/anchor.ts';
import { anchorText, linesFile, nextAnchor } from '../../../functions/core/records/make-anchor.ts';

const AT = '2026-11-27T12:00:00.000Z';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const s3 = mockClient(S3Client);
const store = anchorStore(new S3Client({}), 'records', async () => publicKey);

/** The objects of the bucket by key. */
let objects: Map<string, Buffer>;

const PARTS: Omit<Anchor, 'schema' | 'number' | 'previous' | 'after' | 'files'> = {
  ...{ account: '123456789012', at: AT, until: AT, kind: 'daily', release: '0.11.0' },
  settings: 'a'.repeat(64),
  validated: null,
  latest: { settings: 1, remediated: 1, times: null, validation: null, report: null },
  ledger: { number: 0, hash: '' },
  counts: { users: 1, entries: 1 },
  unvouched: [],
};
const HEADS = linesFile('heads.jsonl', [{ userId: 'A', version: 1, hash: 'h' }]);
const REMEDIATED = linesFile('remediated.jsonl', []);

const folder = (number: number) => `anchors/${String(number).padStart(9, '0')}/`;
const signed = (text: string, key = privateKey) => sign('sha256', Buffer.from(text), key);

/** Stores an anchor as records does. */
function put(number: number, kind: Anchor['kind'], key = privateKey): string {
  const before = number === 1 ? null : { anchor: anchorOf(number - 1, 'news'), sha256: 'b'.repeat(64) };
  const files = kind === 'daily' ? [HEADS, REMEDIATED] : [];
  const text = anchorText({ ...nextAnchor(before, { ...PARTS, kind }, files), number });
  objects.set(`${folder(number)}anchor.json`, Buffer.from(text));
  objects.set(`${folder(number)}anchor.sig`, signed(text, key));
  for (const { name, content } of files) {
    objects.set(`${folder(number)}${name}`, Buffer.from(content));
  }
  return text;
}

const anchorOf = (number: number, kind: Anchor['kind']): Anchor => ({
  ...nextAnchor(null, { ...PARTS, kind }, []),
  number,
});

beforeEach(() => {
  objects = new Map();
  s3.reset();
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => {
    const found = objects.get(Key);
    if (found === undefined) {
      throw new NoSuchKey({ $metadata: {}, message: Key });
    }
    return {
      Body: {
        transformToByteArray: async () => new Uint8Array(found),
      },
    };
  });
  s3.on(ListObjectsV2Command).callsFake(({ StartAfter = '' }: { StartAfter?: string }) => ({
    Contents: [...objects.keys()].filter((Key) => Key > StartAfter).map((Key) => ({ Key })),
  }));
  s3.on(PutObjectCommand).callsFake(({ Key, Body }: { Key: string; Body: Buffer }) => {
    objects.set(Key, Buffer.from(Body));
    return {};
  });
});

describe('the latest anchor', () => {
  it('is none in an empty bucket', async () => {
    expect(await store.latest()).toEqual({ found: 'none' });
  });

  it('is that with the highest number, whatever the hint says', async () => {
    put(1, 'daily');
    const text = put(2, 'news');
    for (const hint of [
      '{"number":1}',
      '{"number":2}',
      '{"number":3}',
      '{"number":9e9}',
      '{"number":-4}',
      'no JSON',
    ]) {
      objects.set('anchors/latest.json', Buffer.from(hint));
      expect(await store.latest()).toMatchObject({
        found: 'anchor',
        anchor: { number: 2 },
        sha256: sha256(text),
      });
    }
  });

  it('takes four calls', async () => {
    put(1, 'daily');
    objects.set('anchors/latest.json', Buffer.from('{"number":1}'));
    await store.latest();
    expect(s3.calls()).toHaveLength(4);
  });

  it.each([
    [
      'its text was changed',
      (text: string) => objects.set(`${folder(1)}anchor.json`, Buffer.from(text.replace('0.11.0', '0.12.0'))),
    ],
    ['another key signed it', () => put(1, 'daily', other.privateKey)],
    ['it has no signature', () => objects.delete(`${folder(1)}anchor.sig`)],
    ['its text is no anchor', () => objects.set(`${folder(1)}anchor.json`, Buffer.from('{}'))],
    [
      'it is another one',
      () => objects.set(`${folder(1)}anchor.json`, Buffer.from(anchorText(anchorOf(7, 'news')))),
    ],
  ])('is broken if %s', async (_what, breakIt: (text: string) => unknown) => {
    breakIt(put(1, 'daily'));
    expect(await store.latest()).toMatchObject({ found: 'broken', number: 1 });
  });
});

describe('files beside an anchor', () => {
  it('are the heads of the last daily one', async () => {
    put(1, 'daily');
    put(2, 'news');
    expect(await store.daily(2)).toEqual({
      number: 1,
      until: AT,
      heads: [{ userId: 'A', version: 1, hash: 'h' }],
    });
  });

  it('count only as the anchor has them', async () => {
    put(1, 'daily');
    expect(await store.carried('remediated', 1)).toEqual([]);
    objects.set(`${folder(1)}heads.jsonl`, Buffer.from(HEADS.content.replace('"h"', '"i"')));
    expect(await store.daily(1)).toBeNull();
    objects.set(`${folder(1)}remediated.jsonl`, Buffer.from('\n'));
    await expect(store.carried('remediated', 1)).rejects.toThrow('remediated.jsonl of anchor 1');
    await expect(store.carried('settings', 1)).rejects.toThrow('settings.json of anchor 1');
  });

  it('are nobody’s if there is no daily anchor, or one on the way is broken', async () => {
    put(1, 'news');
    expect(await store.daily(1)).toBeNull();
    put(1, 'daily', other.privateKey);
    put(2, 'news');
    expect(await store.daily(2)).toBeNull();
  });
});

describe('keeping an anchor', () => {
  it('stores the text last, only if there is none, and then the hint', async () => {
    const text = anchorText(anchorOf(1, 'news'));
    expect(await store.keep(1, [HEADS], text, signed(text))).toBe(true);
    const puts = s3
      .commandCalls(PutObjectCommand)
      .map(({ args: [{ input }] }) => [input.Key, input.IfNoneMatch]);
    expect(puts).toEqual([
      [`${folder(1)}heads.jsonl`, undefined],
      [`${folder(1)}anchor.sig`, undefined],
      [`${folder(1)}anchor.json`, '*'],
      ['anchors/latest.json', undefined],
    ]);
  });

  it('is refused if there is one with its number, and fails for any other reason', async () => {
    const refused = (httpStatusCode: number) =>
      new S3ServiceException({ name: 'X', $fault: 'client', $metadata: { httpStatusCode }, message: 'no' });
    put(1, 'daily');
    expect(await store.keep(1, [HEADS], 'text', Buffer.from('s'))).toBe(false);
    expect(s3.commandCalls(PutObjectCommand)).toEqual([]);
    objects.clear();
    s3.on(PutObjectCommand, { IfNoneMatch: '*' }).rejects(refused(412));
    expect(await store.keep(1, [], 'text', Buffer.from('s'))).toBe(false);
    s3.on(PutObjectCommand, { IfNoneMatch: '*' }).rejects(refused(403));
    await expect(store.keep(1, [], 'text', Buffer.from('s'))).rejects.toThrow('no');
  });
});

describe('the order for live readings', () => {
  it('is kept, and read again', async () => {
    expect(await store.order()).toBeNull();
    const order = { schema: 1, at: AT, users: ['A'] };
    await store.keepOrder(order);
    expect(await store.order()).toEqual(order);
  });
});
