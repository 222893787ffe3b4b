import type { Log } from '../ports.ts';
import type { RefreshWish, Wake } from '../wake.ts';
import type { Reconciled } from './reconcile.ts';

/** A message from the queue, as the contracts read it. */
export type Message =
  | { readonly kind: 'event'; readonly eventId: string; readonly wake: Wake }
  | { readonly kind: 'wake'; readonly wake: Wake }
  | { readonly kind: 'refresh'; readonly wish: RefreshWish }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'broken'; readonly problem: string };

/** What handling a message needs. */
export interface Reception {
  readonly log: Log;
  /** The account served; a wake about any other would make cases that nobody can look after. */
  readonly account: string;
  reconcile(wake: Wake): Promise<Reconciled>;
  /** Has AWS Config run the rule, when it is time. */
  refresh(wish: RefreshWish): Promise<void>;
  /** Does the work unless this event was handled before; forgotten again when the work answers `wait`. */
  once(eventId: string, work: () => Promise<Reconciled>): Promise<void>;
  /** Puts a message that no retry can mend where people look. */
  bury(body: string): Promise<void>;
}

/** Handles one message. Throws only for what the queue should bring again, and says so in the log. */
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
    case 'wake':
      if (isOwn(world, message.wake)) {
        await world.reconcile(message.wake);
      }
      return;
    case 'refresh':
      if (isOwn(world, message.wish)) {
        await world.refresh(message.wish);
      }
      return;
    case 'event':
      if (isOwn(world, message.wake)) {
        await world.once(message.eventId, () => world.reconcile(message.wake));
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
