import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { readUsage } from '../../functions/contracts/usage-item.ts';
import { questionBody } from '../../functions/contracts/usage-question.ts';
import { ACCOUNT, NEWER, OLDER, USER_ID } from '../fakes/cases.ts';
import { CONTEXT, ENVIRONMENT, mockedTable } from './table.ts';

const trail = mockClient(CloudTrailClient);
const { documents } = mockedTable();
let handler: (event: SQSEvent, context: typeof CONTEXT) => Promise<void>;

const events = (...bodies: string[]) =>
  ({
    Records: bodies.map((body) => ({ body, attributes: { SentTimestamp: String(Date.now()) } })),
  }) as unknown as SQSEvent;
const created = '2026-11-23T16:00:00.000Z';
const question = (userId: string, ...ids: string[]) =>
  questionBody({
    account: ACCOUNT,
    userId,
    keys: ids.map((keyId) => ({ keyId, created, regions: [] })),
  });
const puts = () => documents.commandCalls(PutCommand).map((call) => call.args[0].input.Item);

beforeAll(async () => {
  // Witness has no other names than these.
  for (const name of ['AWS_REGION', 'TABLE_NAME', 'POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_METRICS_DISABLED']) {
    vi.stubEnv(name, ENVIRONMENT[name]);
  }
  ({ handler } = await import('../../functions/handlers/witness.ts'));
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T16:10:00Z') });
  trail.reset();
  documents.resetHistory();
  documents.on(PutCommand).resolves({});
  trail.on(LookupEventsCommand).resolves({ Events: [] });
});
afterEach(() => vi.useRealTimers());

it('answers a question with what the event history shows', { timeout: 20_000 }, async () => {
  await handler(events(question(USER_ID, NEWER, OLDER)), CONTEXT);
  const asked = trail.commandCalls(LookupEventsCommand).map((call) => call.args[0].input.LookupAttributes);
  expect(asked.flat().map((attribute) => attribute?.AttributeValue)).toEqual([NEWER, OLDER]);
  const found = readUsage(puts()[0]);
  expect(found?.keys.map(({ keyId, lookup }) => [keyId, lookup.kind])).toEqual([
    [NEWER, 'looked-up'],
    [OLDER, 'looked-up'],
  ]);
});

it('drops a message that is no question, and answers the next', async () => {
  await handler(events('{}', question('AIDAOTHER', NEWER)), CONTEXT);
  expect(puts().map((item) => item?.pk)).toEqual([`USAGE#${ACCOUNT}#AIDAOTHER`]);
});

it('fails if it cannot store, so that the message comes again', async () => {
  documents.on(PutCommand).rejects(new Error('the table is away'));
  await expect(handler(events(question(USER_ID, NEWER)), CONTEXT)).rejects.toThrow('the table is away');
});
