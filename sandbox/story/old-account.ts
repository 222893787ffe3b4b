/**
 * The end of the story: an account with old violations, as every account has them when Solekey begins to look after it. Nobody
 * gets thirty mails.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isDigest, type Mail } from '../inbox/mail.ts';
import type { Launched } from '../launch/launch.ts';
import { setVariables } from '../launch/variables.ts';
import { makeFound, OLD_VIOLATIONS } from './found.ts';
import { listRows } from './review/list.ts';
import { OLD_ACCOUNT_PACE } from './settings.ts';
import type { Steps } from './steps.ts';

/** Longer than the slowest machine needs for thirty users and one digest, with the pace of the story. */
const PATIENCE_MS = 120_000;

/**
 * A third of them. The sweep, which runs every second here, may wake a user before the survey's own wake, the more often the
 * slower the machine is; in AWS an address gets three such mails in an hour, and here there is no such limit.
 */
const SINGLY = 10;

/** A further mail would come within this time. */
const AFTERWARDS_MS = 2_000;

/** The digests with this user in it, and the mails about the user alone. */
interface About {
  readonly digests: readonly Mail[];
  readonly alone: readonly Mail[];
}

/** The end of the first run. */
export interface FirstRun {
  readonly ok: boolean;
  /** The link to the list in the digest of the first approver; null if none came. */
  readonly link: string | null;
}

/**
 * Puts the old violations into IAM and lets AWS Config run its rule, which finds them. Then each approver must get one digest
 * about all of them, whose page lists them.
 */
export async function firstRun(launched: Launched, steps: Steps): Promise<FirstRun> {
  const { world, config, settings, inbox } = launched;
  const { length } = OLD_VIOLATIONS;
  await setVariables(launched, { PACE_TERMS: JSON.stringify(OLD_ACCOUNT_PACE) });
  const after = inbox.mails().at(-1)?.id ?? 0;
  await makeFound(world.emulators.motoUrl, OLD_VIOLATIONS);
  steps.add(
    `an old account: ${length} users have had 2 active keys each for years, and no event tells of it`,
  );
  await config.runScheduled();
  const about = (recipient: string): About => {
    const mails = inbox.mails({ recipient, after });
    const named = mails.filter(({ subject, body }) => /\bold-\d\d\b/.test(`${subject}\n${body}`));
    return { digests: mails.filter(isDigest), alone: named.filter((mail) => !isDigest(mail)) };
  };
  const all = async ({ email }: (typeof settings.approvers)[number]): Promise<boolean> => {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(500)) {
      if (about(email).digests.length > 0) {
        break;
      }
    }
    await pause(AFTERWARDS_MS);
    const { digests, alone } = about(email);
    const [digest] = digests;
    const listed = digest === undefined || digest.link === null ? 0 : await listedAt(digest.link);
    const ok = digests.length === 1 && alone.length <= SINGLY && listed === length;
    steps.add(
      `${digests.length} digest to ${email}: "${digest?.subject ?? 'nothing came'}"; its page lists ${listed} users` +
        (alone.length === 0 ? '' : `; ${alone.length} of them were mailed alone before`),
      ok,
    );
    return ok;
  };
  const good = await Promise.all(settings.approvers.map(all));
  const [first] = settings.approvers;
  const link = about(first?.email ?? '').digests.at(-1)?.link ?? null;
  return { ok: good.every(Boolean), link };
}

/** The number of these users on all pages of a list. */
async function listedAt(link: string): Promise<number> {
  const names = (await listRows(link)).map(({ userName }) => userName);
  return new Set(names.filter((name) => /^old-\d\d$/.test(name))).size;
}
