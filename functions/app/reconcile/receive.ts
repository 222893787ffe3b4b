import type { Log } from '../ports.ts';
import type {
  DigestWish,
  MailLinkWish,
  News,
  RefreshWish,
  SignOffWish,
  StatementWish,
  Wake,
} from '../wake.ts';
import type { LinkMailed } from './mail-link.ts';
import type { Reconciled } from './reconcile.ts';

/** An event from the event queue, about one user. */
export interface EventMessage extends News {
  readonly kind: 'event';
  readonly eventId: string | null;
  readonly wake: Wake;
  /** Fields that could not be read and were not necessary. */
  readonly odd: readonly string[];
}

/**
 * A message from the queue, as parsed by the contracts. One that is broken goes to the dead-letter queue (law 6); one that
 * only a newer release understands is left to the retries, so that it outlives a roll-back.
 */
export type Message =
  | EventMessage
  | { readonly kind: 'reports'; readonly reports: readonly EventMessage[] }
  | { readonly kind: 'wakes'; readonly wakes: readonly Wake[] }
  | { readonly kind: 'wake'; readonly wake: Wake }
  | { readonly kind: 'refresh'; readonly wish: RefreshWish }
  | { readonly kind: 'digest'; readonly wish: DigestWish }
  | { readonly kind: 'mail-link'; readonly wish: MailLinkWish }
  | { readonly kind: 'statement'; readonly wish: StatementWish }
  | { readonly kind: 'sign-off'; readonly wish: SignOffWish }
  | { readonly kind: 'newer'; readonly of: string }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'broken'; readonly problem: string };

/** The ports for handling a message. */
export interface Reception {
  readonly log: Log;
  /** The account served. A wake for any other account would open cases that nobody could work on. */
  readonly account: string;
  /** Evaluates the user; `news` only for an event from the event queue. */
  reconcile(wake: Wake, news: News | null): Promise<Reconciled>;
  /** Makes AWS Config run the rule when that is allowed. */
  refresh(wish: RefreshWish): Promise<void>;
  /** Writes the digests that are due for an address. */
  digest(wish: DigestWish): Promise<void>;
  /** Mails a link that was asked for on a page. */
  mailLink(wish: MailLinkWish): Promise<LinkMailed>;
  /** Records a statement about a report in the ledger, once. */
  statement(wish: StatementWish): Promise<unknown>;
  /** Mails the approvers about a sign-off that is asked for. */
  signOff(wish: SignOffWish): Promise<unknown>;
  /** Does the work unless this event was handled before. If the work throws, the event does not count as handled. */
  readonly once: (eventId: string, work: () => Promise<unknown>) => Promise<void>;
  /** Notes that an event arrived and was handled. */
  stamp(): Promise<void>;
  /** Moves a message that no retry can help to the dead-letter queue. */
  bury(body: string): Promise<void>;
}

/** Handles one message. Throws, after logging the error, only if the queue should deliver the message again. */
export async function receive(world: Reception, message: Message, body: string): Promise<void> {
  try {
    await handle(world, message, body);
  } catch (error) {
    world.log.error('A message could not be handled now; the queue brings it again', { error });
    world.log.count('MessageNotHandled');
    throw error;
  }
}

async function handle(world: Reception, message: Message, body: string): Promise<void> {
  switch (message.kind) {
    case 'ignored':
      world.log.info('An event that asks for nothing', { why: message.why });
      if (message.why === 'root-key') {
        world.log.count('RootKeyEvent');
      }
      return;
    case 'broken':
      world.log.error('A message that is neither wake nor event went to the dead-letter queue', {
        problem: message.problem,
      });
      world.log.count('BrokenMessage');
      return world.bury(body);
    case 'newer':
      world.log.count('NewerMessage');
      throw new Error(`A message of the kind ${JSON.stringify(message.of)} is for a newer release.`);
    case 'wake':
      if (isOwn(world, message.wake)) {
        await world.reconcile(message.wake, null);
      }
      return;
    case 'refresh':
      if (isOwn(world, message.wish)) {
        await world.refresh(message.wish);
      }
      return;
    case 'digest':
      if (isOwn(world, message.wish)) {
        await world.digest(message.wish);
      }
      return;
    case 'mail-link':
      if (isOwn(world, message.wish)) {
        await mailOnce(world, message.wish);
      }
      return;
    case 'statement':
      if (isOwn(world, message.wish)) {
        await world.statement(message.wish);
      }
      return;
    case 'sign-off':
      if (isOwn(world, message.wish)) {
        await world.signOff(message.wish);
      }
      return;
    case 'event':
      if (isOwn(world, message.wake)) {
        await handleEvent(world, message);
      }
      return;
    case 'reports':
      return each(message.reports, (report) => handle(world, report, body));
    case 'wakes':
      return each(message.wakes, (wake) => handle(world, { kind: 'wake', wake }, body));
  }
  message satisfies never;
}

/** Handles all of them before it throws for the first that could not be handled, so that none waits for another. */
async function each<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  const failed: unknown[] = [];
  for (const one of all) {
    await work(one).catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) {
    throw failed[0];
  }
}

async function handleEvent(
  { log, once, reconcile, stamp }: Reception,
  { eventId, wake, origin, exposure, odd }: EventMessage,
): Promise<void> {
  if (odd.length > 0) {
    log.warn('An event has fields that cannot be read; the rest of it was used', { fields: odd });
    log.count('EventFieldUnread');
  }
  const work = () => reconcile(wake, exposure === undefined ? { origin } : { origin, exposure });
  await (eventId === null ? work() : once(eventId, work));
  // Only health reads the stamp, so its failure must not bring a handled event again.
  await stamp().catch((error: unknown) => {
    log.warn('The time of the last event could not be noted', { error });
    log.count('StampNotWritten');
  });
}

/** Work without a result that is to be remembered. */
class NotMailed extends Error {
  override readonly name = 'NotMailed';
}

/** Mails a link at most once. If none was mailed, that is not remembered, so that the person may ask again. */
async function mailOnce({ once, mailLink }: Reception, wish: MailLinkWish): Promise<void> {
  const { account, userId, digest } = wish;
  try {
    await once(`mail-link ${account} ${userId} ${digest}`, async () => {
      if ((await mailLink(wish)) !== 'mailed') {
        throw new NotMailed();
      }
    });
  } catch (error) {
    if (!(error instanceof NotMailed)) {
      throw error;
    }
  }
}

function isOwn({ account, log }: Reception, wake: Pick<Wake, 'account'>): boolean {
  if (wake.account === account) {
    return true;
  }
  log.warn('A wake about another account is ignored', { account: wake.account });
  log.count('OtherAccount');
  return false;
}
