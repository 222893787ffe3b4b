import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { ERASED, isErasable, readComment, readRequest } from '../../../functions/contracts/request-item.ts';
import { sha256 } from '../../../functions/core/model/digest.ts';
import { texts } from '../../../ops/control/aws/texts.ts';
import { ACCOUNT, NEWER, OLDER } from '../../fakes/cases.ts';
import { ControlWorld, ran } from '../../fakes/control-world.ts';

const WHY = ['--reason', 'retention'];
const OLD = '2024-12-31T23:59:59.999Z';
const YOUNG = '2025-01-01T00:00:00.000Z';

function withComments(): ControlWorld {
  const w = new ControlWorld();
  w.comments = [OLD, YOUNG];
  return w;
}

describe('erase', () => {
  it('erases the comments from before a day, with one entry that has their number and no text', async () => {
    const w = withComments();
    const { code, out, err } = await ran(w, 'erase', '--before', '2025-01-01', ...WHY);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^1 comment from before 2025-01-01 is erased. Recorded as entry 1/),
    ]);
    expect(err).toContain('Point-in-time recovery still has them for 35 days.');
    expect(w.comments).toEqual([YOUNG]);
    expect(w.entries).toMatchObject([{ command: 'erase', about: { before: '2025-01-01', comments: 1 } }]);
    expect(w.told[0]?.subject).toBe('[Solekey] 123456789012: erased comments under retention');
  });

  it('only counts them with --dry-run', async () => {
    const w = withComments();
    const { out } = await ran(w, 'erase', '--before', '2025-01-01', '--dry-run', ...WHY);
    expect(out).toBe('1 comment from before 2025-01-01 would be erased.');
    expect([w.comments.length, w.entries]).toEqual([2, []]);
  });

  it('leaves no entry where there is nothing to erase', async () => {
    const w = new ControlWorld();
    const { code, out } = await ran(w, 'erase', '--before', '2025-01-01', ...WHY);
    expect([code, out, w.entries]).toEqual([0, '0 comments from before 2025-01-01: nothing to erase.', []]);
  });

  it('refuses a day within the retention, of at least 400 days', async () => {
    const w = withComments();
    const at = async (day: string) => (await ran(w, 'erase', '--before', day, '--dry-run', ...WHY)).err;
    // Now is 23 November 2026.
    expect(await at('2025-10-20')).toContain(
      'Texts are kept for 400 days: --before can be 2025-10-19 at the latest.',
    );
    expect(await at('2025-10-19')).not.toContain('can be');
    w.outputs = { ...w.outputs, RetentionDays: '800' };
    expect(await at('2025-10-19')).toContain('kept for 800 days');
    w.outputs = { ...w.outputs, RetentionDays: '7' };
    expect(await at('2025-10-20')).toContain('kept for 400 days');
  });
});

describe('a comment in the table', () => {
  const comment = 'replaced last week';
  const ask = { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [], commentDigest: sha256(comment) };
  const request = { digest: 'd'.repeat(64), at: OLD, payload: 'p', proof: 'e'.repeat(64), ask };

  it('is erased without a trace in the sealed answer, and a page says so', () => {
    const { comment: _gone, ...erased } = { request, comment, erased: YOUNG };
    expect(readComment({ request, comment }, sha256(comment))).toBe(comment);
    expect(readComment(erased, sha256(comment))).toBe(ERASED);
    expect(readComment({ request, comment: 'other', erased: YOUNG }, sha256(comment))).toBe(null);
    expect(readRequest(erased, request.digest)).toEqual(readRequest({ request, comment }, request.digest));
  });

  it('is as old as its answer', () => {
    expect(isErasable({ request, comment }, '2025-01-01')).toBe(true);
    expect(isErasable({ request: { ...request, at: YOUNG }, comment }, '2025-01-01')).toBe(false);
    expect(isErasable({ request }, '2025-01-01')).toBe(false);
    expect(isErasable({ comment }, '2025-01-01')).toBe(false);
  });

  it('is found by a scan of answers, and removed only if it is there', async () => {
    const dynamo = mockClient(DynamoDBDocumentClient);
    const store = texts(
      DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })),
      'T',
      ACCOUNT,
    );
    const key = { pk: `DECISION#${ACCOUNT}#AIDAX`, sk: request.digest };
    dynamo.on(ScanCommand).resolves({
      Items: [
        { ...key, request, comment },
        { ...key, sk: 'x', comment },
      ],
    });
    dynamo.on(UpdateCommand).resolves({});
    expect(await store.before('2025-01-01')).toEqual([key]);
    await store.erase(key, YOUNG);
    expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
      Key: key,
      UpdateExpression: 'REMOVE #comment SET erased = :at',
      ConditionExpression: 'attribute_exists(#comment)',
    });
    dynamo.on(UpdateCommand).rejects(Object.assign(new Error('denied'), { name: 'AccessDeniedException' }));
    await expect(store.erase(key, YOUNG)).rejects.toThrow('denied');
  });
});
