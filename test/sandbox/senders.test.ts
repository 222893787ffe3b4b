import { beforeAll, describe, expect, it } from 'vitest';
import { type AwsCall, readCall } from '../../sandbox/gateway/call.ts';
import { Senders } from '../../sandbox/gateway/senders.ts';
import type { Template } from '../../sandbox/launch/assembly.ts';
import { guardedQueues } from '../../sandbox/launch/queues.ts';
import { synth } from '../infra/synth.ts';

const ACCOUNT = '123456789012';
const template = synth().template as unknown as Template;
const senders = new Senders(ACCOUNT);

/** The queue's address as the emulator makes it, by the beginning of its logical id. */
const urlOf = (begin: string) =>
  `http://127.0.0.1/${ACCOUNT}/Solekey-${Object.keys(template.Resources).find((id) => id.startsWith(begin))}-X1`;

const resources = Object.fromEntries(
  Object.keys(template.Resources).map((id) => [id, id.includes('Queue') ? urlOf(id) : `Solekey-${id}-X1`]),
);

/** A call by a function of this role, or by an access key. */
function call(action: string, QueueUrl: string | undefined, by: { role: string } | { key: string }): AwsCall {
  const token =
    'role' in by
      ? { 'x-amz-security-token': Buffer.from(JSON.stringify({ ...by, session: 's' })).toString('base64url') }
      : {};
  const keyId = 'key' in by ? by.key : ACCOUNT;
  const read = readCall({
    method: 'POST',
    target: '/',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/20261126/us-east-1/sqs/aws4_request, Signature=0`,
      'x-amz-target': `AmazonSQS.${action}`,
      ...token,
    },
    body: Buffer.from(JSON.stringify({ QueueUrl })),
  });
  if (read === undefined) {
    throw new Error('the call is none');
  }
  return read;
}

beforeAll(() => senders.guard(guardedQueues(template, { account: ACCOUNT, region: 'us-east-1', resources })));

describe('a message for the event queue', () => {
  const url = urlOf('EventsQueue');

  it.each([
    [{ role: 'Solekey-ReconcileRole' }, 'role/Solekey-ReconcileRole'],
    [{ role: 'Solekey-ApproveRole' }, 'role/Solekey-ApproveRole'],
    [{ key: 'launcher' }, 'role/OrganizationAdministrator'],
    [{ key: 'root' }, 'root'],
  ])('of %j is refused, alone or among others', async (by, name) => {
    const refusal = `User: arn:aws:iam::${ACCOUNT}:${name} is not authorized to perform: sqs:sendmessage`;
    expect(await senders.refusal(call('SendMessage', url, by))).toContain(refusal);
    expect(await senders.refusal(call('SendMessageBatch', url, by))).toContain(refusal);
  });

  it('is refused for the queue of lookups, too, unless reconcile asks', async () => {
    const usage = urlOf('UsageQueue');
    const role = resources[Object.keys(resources).find((id) => /^ReconcileRole\w{8}$/.test(id)) ?? ''] ?? '';
    expect(await senders.refusal(call('SendMessage', usage, { role }))).toBeUndefined();
    expect(await senders.refusal(call('SendMessage', usage, { role: 'Solekey-WitnessRole' }))).toContain(
      'explicit deny',
    );
    expect(await senders.refusal(call('SendMessage', usage, { key: 'root' }))).toContain('explicit deny');
  });

  it('is refused to nobody else than senders, and for no other queue', async () => {
    const by = { role: 'Solekey-ReconcileRole' };
    expect(await senders.refusal(call('ReceiveMessage', url, by))).toBeUndefined();
    expect(await senders.refusal(call('SendMessage', urlOf('WakesQueue'), by))).toBeUndefined();
    expect(await senders.refusal(call('SendMessage', undefined, by))).toBeUndefined();
  });

  it('is refused no more when a release without that queue is deployed over this one', async () => {
    const other = new Senders(ACCOUNT);
    expect(await other.refusal(call('SendMessage', url, { key: 'root' }))).toBeUndefined();
    await other.guard(new Map());
    expect(await other.refusal(call('SendMessage', url, { key: 'root' }))).toBeUndefined();
  });
});
