import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { caseStore } from '../../../functions/adapters/case-store.ts';
import { documentClient } from '../../../functions/adapters/clients.ts';
import { controlStore } from '../../../functions/adapters/control-store.ts';
import { outbox } from '../../../functions/adapters/outbox.ts';
import { requestStore } from '../../../functions/adapters/request-store.ts';
import { refreshSender, wakeQueue } from '../../../functions/adapters/wake-queue.ts';
import { linkPath } from '../../../functions/contracts/link.ts';
import type { Control } from '../../../functions/core/model/policy.ts';
import { type Stored, storedBy } from '../../../sandbox/freeze/tap.ts';
import { ACCOUNT, NOW } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** What the ledger says of a play's changes of the control item. */
const CHANGED = {
  at: NOW,
  command: 'pause',
  by: 'arn:aws:iam::123456789012:user/play',
  reason: 'a play',
} as const;

interface Sent {
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** AWS that takes whatever it is sent, and keeps the text of it. */
function listening(keep: (action: string, text: string) => void) {
  const handle = async ({ headers, body }: Sent) => {
    const text = typeof body === 'string' ? body : Buffer.from(body as Uint8Array).toString('utf8');
    keep(headers['x-amz-target']?.split('.').at(-1) ?? '', text);
    return { response: { statusCode: 200, headers: {}, body: Buffer.from('{}') } };
  };
  return {
    region: 'us-east-1',
    credentials: { accessKeyId: 'play', secretAccessKey: 'play' },
    requestHandler: { handle },
    endpoint: 'https://queue',
  };
}

/**
 * Whatever a play writes into the table or the queue in memory is also sent through the very adapters that write to AWS.
 * Returns what would be stored, and how an operator changes the control item.
 */
export function recording(m: MemoryWorld, play: string) {
  const stored: Stored[] = [];
  const keep = (action: string, text: string) => stored.push(...storedBy(`play: ${play}`, action, text));
  const documents = documentClient(new DynamoDBClient(listening(keep)));
  const sqs = new SQSClient(listening(keep));
  const real = {
    cases: caseStore(documents, 'cases'),
    requests: requestStore(documents, 'cases'),
    control: controlStore(documents, 'cases', ACCOUNT),
    wakes: wakeQueue(outbox(sqs, 'https://queue')),
    refreshes: refreshSender(outbox(sqs, 'https://queue')),
  };
  const { table, wakes, world } = m;
  const { commit, keepEvidence, keepUnderName } = table.cases;
  const { record } = table.approvals;
  const { send } = wakes;
  const { ask } = world.refreshes;
  table.cases.commit = async (change) => {
    const outcome = await commit(change);
    if (outcome === 'done') {
      await real.cases.commit(change);
    }
    return outcome;
  };
  table.cases.keepEvidence = async (account, userId, origins) => {
    await real.cases.keepEvidence(account, userId, origins);
    return keepEvidence(account, userId, origins);
  };
  table.cases.keepUnderName = async (account, userName, parts) => {
    await real.cases.keepUnderName(account, userName, parts);
    return keepUnderName(account, userName, parts);
  };
  table.approvals.record = async (account, userId, request) => {
    const first = await record(account, userId, request);
    if (first === request) {
      await real.requests.record(account, userId, request);
    }
    return first;
  };
  wakes.send = async (sent, delay) => {
    await real.wakes.send(sent, delay);
    return send(sent, delay);
  };
  world.refreshes.ask = async (wish, delay) => {
    await real.refreshes.ask(wish, delay);
    return ask(wish, delay);
  };
  // As the handler has it: the memory world knows no path for links to look at.
  world.linkTo = (purpose, token) => `https://keys.example.com${linkPath(purpose, token)}`;
  const operator = async (by: (control: Control) => Control) => {
    table.state.control = by(table.state.control);
    await real.control.change(() => table.state.control, CHANGED);
  };
  return { m, play, stored, operator };
}

export type Recording = ReturnType<typeof recording>;
