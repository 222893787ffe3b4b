import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DigestSender, MailLinkSender } from '../app/channel-ports.ts';
import type { RefreshSender } from '../app/config-ports.ts';
import type { WakeSender } from '../app/ports.ts';
import type { SignOffSender, StatementSender } from '../app/signoff-ports.ts';
import { wakeBody } from '../contracts/wake.ts';
import type { Outbox } from './outbox.ts';

/** Sends wakes. Resolves only if SQS accepted all of them. */
export function wakeQueue(post: Outbox): WakeSender {
  return {
    send: (wakes, delay = 0) => post(wakes.map((wake) => ({ body: wakeBody(wake), delay }))),
  };
}

/** Sends requests for AWS Config through the same queue. */
export function refreshSender(post: Outbox): RefreshSender {
  return {
    ask: (wish, delay) => post([{ body: JSON.stringify(wish), delay }]),
  };
}

/** Sends requests for digests through the same queue. */
export function digestSender(post: Outbox): DigestSender {
  return {
    ask: (wish, delay) => post([{ body: JSON.stringify(wish), delay }]),
  };
}

/** Asks for mails with a new link through the same queue. */
export function mailLinkSender(post: Outbox): MailLinkSender {
  return {
    ask: (wish) => post([{ body: JSON.stringify(wish), delay: 0 }]),
  };
}

/** Asks to record statements about reports through the same queue. */
export function statementSender(post: Outbox): StatementSender {
  return {
    ask: (wish) => post([{ body: JSON.stringify(wish), delay: 0 }]),
  };
}

/** Asks to mail approvers about a sign-off through the same queue. */
export function signOffSender(post: Outbox): SignOffSender {
  return {
    ask: (wish) => post([{ body: JSON.stringify(wish), delay: 0 }]),
  };
}

/** Moves a message that no retry can help to the dead-letter queue. */
export function deadLetters(sqs: SQSClient, queueUrl: string): (body: string) => Promise<void> {
  return async (body) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  };
}
