import { isAnyDue, type Slot, type Turn, turnFor } from '../../core/channel/pace.ts';
import type { MailClass } from '../../core/channel/pace-terms.ts';
import { epochMillis } from '../../core/model/time.ts';
import { nextDaily } from '../../core/model/zone.ts';
import type { Mail } from '../ports.ts';
import type { DueDigest } from '../store-ports.ts';
import type { World } from './world.ts';

/** Longest wait for an address to be free, in milliseconds, for each mail of a pass. */
const LONGEST_WAIT_MS = 2_000;

/** The time of day at which digests are sent, according to the settings. */
export function slotOf({ policy }: Pick<World, 'policy'>): Slot {
  const { at, zone } = policy.digest;
  return (after) => nextDaily(after, at, zone);
}

/** Result of a mail: SNS accepted it, or it was not sent, and why. */
export type Sent = 'accepted' | Exclude<Turn['kind'], 'go'>;

/** Sends a mail if its address may get one now. Throws if SNS does not accept it. */
export async function sendMail(
  world: World,
  account: string,
  mail: Mail,
  mailClass: MailClass,
): Promise<Sent> {
  const about = { account, address: mail.address };
  let turn = await take(world, about, mailClass);
  // Other passes wait for the same second, and one of them is first.
  for (let left = LONGEST_WAIT_MS; turn.kind === 'wait'; turn = await take(world, about, mailClass)) {
    const wait = Math.max(1, epochMillis(turn.until) - epochMillis(world.clock.now()));
    if (wait > left) {
      break;
    }
    left -= wait;
    await world.pause(wait);
  }
  if (turn.kind !== 'go') {
    return turn.kind;
  }
  await world.publisher.mail(mail);
  return 'accepted';
}

function take(world: World, about: DueDigest, mailClass: MailClass): Promise<Turn> {
  const slot = slotOf(world);
  return world.paces.change(about, (pace) => {
    const now = world.clock.now();
    const result = turnFor(pace, mailClass, now, slot, world.pace);
    const unsure = result.kind === 'gather' && isAnyDue(pace, now);
    return { next: result.kind === 'go' ? result.next : null, result, unsure };
  });
}
