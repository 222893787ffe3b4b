import type { Instant } from '../../core/model/time.ts';
import type { Anchor } from '../../core/records/anchor.ts';
import type { AnchorBefore } from '../../core/records/make-anchor.ts';
import type { Remediated } from '../../core/records/remediated.ts';
import type { Validation } from '../../core/validation/validation.ts';
import type { AnchorStore, HistoryStore } from '../records-ports.ts';
import { type JudgeWorld, judgeInventory } from './judge-inventory.ts';
import { type News, readNews } from './read-news.ts';
import { readUsers, type UsersRead } from './read-users.ts';

/** The ports to find what is new. */
export interface FindWorld extends JudgeWorld {
  readonly history: HistoryStore;
  readonly anchors: AnchorStore;
  readonly settingsHash: string;
}

/** Everything that the next anchor would have. */
export interface Findings {
  readonly now: Instant;
  readonly news: News;
  readonly users: UsersRead;
  /** All remediated users; null if they are those of the anchor before. */
  readonly remediated: readonly Remediated[] | null;
  /** Null if no inventory is to be judged. */
  readonly validation: Validation | null;
  /** True if the settings are not those of the anchor before. */
  readonly settings: boolean;
}

/** Finds what is new since the anchor before, and judges the inventory if there is a new one. */
export async function findings(
  world: FindWorld,
  account: string,
  before: AnchorBefore | null,
  now: Instant,
): Promise<Findings> {
  const { history, anchors, policy, settingsHash } = world;
  const news = await readNews(world, account, before, now);
  const users = await readUsers(history, account, news.wanted, {
    policy,
    control: await history.control(),
    now,
  });
  const { latest } = before?.anchor ?? NO_FILES;
  const known = latest.remediated === null ? [] : await anchors.carried('remediated', latest.remediated);
  const remediated = users.remediated.size === 0 ? null : withRead(known, users.remediated);
  const previous = async () =>
    latest.validation === null ? null : anchors.carried('validation', latest.validation);
  const validation = await judgeInventory(
    world,
    account,
    {
      validated: before?.anchor.validated ?? null,
      remediated: remediated ?? known,
      unvouched: users.unvouched.map(({ userId }) => userId),
      previous,
    },
    now,
  );
  return { now, news, users, remediated, validation, settings: settingsHash !== before?.anchor.settings };
}

/** Files of anchors, before there is one. */
export const NO_FILES: Pick<Anchor, 'latest'> = {
  latest: { settings: null, remediated: null, validation: null },
};

/** The remediated users with what was read now of some users. */
function withRead(known: readonly Remediated[], read: UsersRead['remediated']): Remediated[] {
  const others = known.filter(({ userId }) => !read.has(userId));
  const found = [...read.values()].flatMap((one) => one ?? []);
  return [...others, ...found].sort((a, b) => (a.userId < b.userId ? -1 : 1));
}

/** True if there is nothing to sign. */
export function isNothing({ news, validation, settings }: Findings): boolean {
  const { wanted, heads, ledger } = news;
  return wanted.length === 0 && heads === null && ledger.length === 0 && validation === null && !settings;
}
