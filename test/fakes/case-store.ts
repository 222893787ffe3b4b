import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type {
  CaseStore,
  DueStore,
  LinkRequests,
  OpenCases,
  RequestStore,
  StoredUser,
  UnreadUser,
} from '../../functions/app/store-ports.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { type Decision, keptBy } from '../../functions/core/case/decision.ts';
import type { Exposed } from '../../functions/core/case/exposure.ts';
import { entryHash, type HistoryEntry, stateHash } from '../../functions/core/case/history.ts';
import { withLaterUses } from '../../functions/core/case/later-uses.ts';
import type { DecisionRequest, NewerRequest } from '../../functions/core/case/requests.ts';
import { type NameRecord, NOTHING_UNDER_NAME, type UnderName } from '../../functions/core/case/under-name.ts';
import type { SealedLinkRequest } from '../../functions/core/channel/link-request.ts';
import { type CheckedSubscriptions, reachedAnew } from '../../functions/core/health/reach.ts';
import type { About } from '../../functions/core/inventory/about.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { type Control, UNRESTRICTED } from '../../functions/core/model/policy.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import type { UserUsage } from '../../functions/core/usage/user-usage.ts';
import { ACCOUNT } from './cases.ts';
import { moved } from './moves.ts';
import { memoryPaces } from './paces.ts';

type Row = Omit<
  StoredUser,
  'control' | 'usage' | 'about' | 'nameHolder' | 'evidence' | 'exposed' | 'underName' | 'state'
> & {
  readonly case: Case;
};

/** As `expect` has it, which is asked only where a quick look finds a difference: the explorations write a million times. */
function same(a: unknown, b: unknown): void {
  if (!isDeepStrictEqual(a, b)) {
    expect(a).toEqual(b);
  }
}

/** What is stored is shared, not copied, and whoever changes it fails: the explorations read and write a million times. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/**
 * The table in memory. After every write the history must fold to the case (S10), and every move must be one of the table
 * of transitions: a broken promise fails the test there.
 */
export function memoryTable() {
  const rows = new Map<string, Row>();
  const history = new Map<string, HistoryEntry[]>();
  const names = new Map<string, string>();
  /** What is kept under names besides. */
  const underNames = new Map<string, UnderName>();
  const evidences = new Map<string, Case['origins']>();
  /** The keys that AWS called exposed, by user id. */
  const exposures = new Map<string, Exposed>();
  /** What a lookup found, by user id. */
  const usages = new Map<string, UserUsage>();
  /** What the survey found, by user id. */
  const abouts = new Map<string, About>();
  const requests = new Map<string, DecisionRequest>();
  /** Answers of a kind that only a newer release knows, under the same keys. */
  const newer = new Map<string, NewerRequest>();
  /** Users whose case cannot be read, and when the next try is due. */
  const unread = new Map<
    string,
    Pick<UnreadUser, 'unread' | 'version'> & { readonly wakeAt: Instant | null }
  >();
  /** Requests for links, under the same keys. */
  const comments = new Map<string, string>();
  const linkRequests = new Map<string, SealedLinkRequest>();
  const decisions: Decision[] = [];
  /** Ranks in the list of open cases, by user id. */
  const ranks = new Map<string, string>();
  /** Changes of keys by clock hour. */
  const spent = new Map<string, number>();
  /** `subscriptions`: what health found; undefined where mails reach everybody. */
  const state: { control: Control; subscriptions?: CheckedSubscriptions | null } = {
    control: UNRESTRICTED,
  };
  /** Hashes of cases as stored; another object in a row is another case. */
  const states = new WeakMap<Case, string>();
  const stateOf = (current: Case): string => {
    const known = states.get(current) ?? stateHash(current);
    states.set(current, known);
    return known;
  };
  const requestAt = (account: string, userId: string, digest: string) =>
    newer.get(`${account}/${userId}/${digest}`) ?? requests.get(`${account}/${userId}/${digest}`) ?? null;

  const recordOf = (userName: string): NameRecord => ({
    ...NOTHING_UNDER_NAME,
    ...underNames.get(userName.toLowerCase()),
    holder: names.get(userName.toLowerCase()) ?? null,
  });

  const cases: CaseStore = {
    async load(_account, userId, userName) {
      const row = rows.get(userId) ?? { case: null, wakeAt: null, failures: 0, lastHash: null };
      const stateNow = row.case === null ? null : stateOf(row.case);
      const { holder: nameHolder, ...underName } = recordOf(userName ?? '');
      const reported = exposures.get(userId);
      const exposed = reported === undefined ? {} : { exposed: reported };
      const evidence = evidences.get(userId) ?? {};
      const broken = unread.get(userId);
      if (broken !== undefined) {
        return frozen({
          unread: broken.unread,
          version: broken.version,
          nameHolder,
          evidence,
          ...exposed,
          underName,
        });
      }
      const usage = usages.get(userId) ?? null;
      const about = abouts.get(userId) ?? null;
      const beside = { usage, about, nameHolder, evidence, ...exposed, underName };
      const { control, subscriptions } = state;
      const reach = subscriptions === undefined ? {} : { subscriptions };
      return frozen({ ...row, state: stateNow, control, ...reach, ...beside });
    },
    async byName(_account, userName) {
      return frozen(recordOf(userName));
    },
    async commit(change) {
      const { from, next, entry, wakeAt, failures, decided, named, budget, givenBack, control, unanswered } =
        change;
      if ((rows.get(next.userId)?.case.version ?? 0) !== from) {
        return 'stale';
      }
      // An absent moment is the empty one.
      const stored = { answersFrom: '', ...state.control };
      if (!isDeepStrictEqual({ ...stored, ...control }, stored)) {
        return 'stale';
      }
      if (unanswered.some((digest) => requestAt(next.account, next.userId, digest) !== null)) {
        return 'stale';
      }
      if (givenBack !== null) {
        spent.set(givenBack, (spent.get(givenBack) ?? 0) - 1);
      }
      if (budget !== null) {
        const used = spent.get(budget.hour) ?? 0;
        if (used >= budget.limit) {
          return 'over-budget';
        }
        spent.set(budget.hour, used + 1);
      }
      moved(rows.get(next.userId)?.case ?? null, next);
      const entries = [...(history.get(next.userId) ?? []), frozen(entry)];
      // The fold of 1..n-1 is the stored case, by this very check: so the fold of 1..n is one more step, not n.
      const chained = { n: entries.length, prev: rows.get(next.userId)?.lastHash ?? null };
      same({ n: entry.n, prev: entry.prev }, chained);
      same({ ...rows.get(next.userId)?.case, ...entry.changes }, next);
      history.set(next.userId, entries);
      const row = frozen({ case: next, wakeAt, failures, lastHash: entryHash(entry) });
      rows.set(next.userId, row);
      states.set(row.case, entry.state ?? '');
      if (change.rank === null) {
        ranks.delete(next.userId);
      } else {
        ranks.set(next.userId, change.rank);
      }
      if (decided !== null) {
        const first = decisions.find(({ digest }) => digest === decided.digest) ?? decided;
        const said = (one: Decision) => ({ keep: keptBy(one), by: one.by, at: one.at });
        expect(said(decided), 'S12: the first decision on a digest wins').toEqual(said(first));
        decisions.push(frozen(decided));
      }
      if (named) {
        names.set(next.userName.toLowerCase(), next.userId);
      }
      return 'done';
    },
    async reschedule(current, wakeAt, failures, laterUses) {
      const row = rows.get(current.userId);
      if (row?.case.version === current.version) {
        const later = laterUses === null ? {} : { laterUses: structuredClone(laterUses) };
        rows.set(current.userId, { ...row, wakeAt, failures, ...later });
      }
    },
    async postpone(user, wakeAt) {
      const { userId } = user.unread;
      const row = rows.get(userId);
      // A case that can be read, but is not what its history says.
      if (row !== undefined && !unread.has(userId)) {
        rows.set(userId, { ...row, wakeAt });
      } else {
        unread.set(userId, { ...user, wakeAt });
      }
    },
    async recorded({ account, userId, version }, digests) {
      const found = digests.map((digest) => [digest, requestAt(account, userId, digest)] as const);
      const entry = history.get(userId)?.[version - 1];
      return {
        requests: new Map(
          found.flatMap(([digest, request]) => (request === null ? [] : [[digest, request]])),
        ),
        state: entry === undefined ? '' : (entry.state ?? null),
      };
    },
    async keepEvidence(_account, userId, { origins, exposed }) {
      if (origins !== undefined) {
        evidences.set(userId, origins);
      }
      if (exposed !== undefined) {
        exposures.set(userId, frozen(exposed));
      }
    },
    async keepUnderName(_account, userName, parts) {
      const { holder: _holder, ...before } = recordOf(userName);
      underNames.set(userName.toLowerCase(), frozen({ ...before, ...parts }));
    },
  };

  const approvals: RequestStore = {
    async case(_account, userId) {
      const row = rows.get(userId);
      const shown = row === undefined ? null : withLaterUses(row.case, row.laterUses);
      const current = unread.get(userId)?.unread ?? shown;
      const evidence = { usage: usages.get(userId) ?? null, about: abouts.get(userId) ?? null };
      return frozen({ current, control: state.control, ...evidence });
    },
    async request(account, userId, digest) {
      return requestAt(account, userId, digest);
    },
    async comment(account, userId, digest, commentDigest) {
      const comment = comments.get(`${account}/${userId}/${digest}`);
      return comment !== undefined && sha256(comment) === commentDigest ? comment : null;
    },
    async record(account, userId, request, comment) {
      const key = `${account}/${userId}/${request.digest}`;
      const stored = requestAt(account, userId, request.digest);
      if (stored !== null) {
        return stored;
      }
      requests.set(key, request);
      if (comment !== undefined) {
        comments.set(key, comment);
      }
      return request;
    },
    async recordLinkRequest(account, request) {
      const key = `${account}/${request.userId}/${request.digest}`;
      if (linkRequests.has(key)) {
        return 'before';
      }
      linkRequests.set(key, frozen(request));
      return 'recorded';
    },
  };

  const askedLinks: LinkRequests = {
    async read(account, userId, digest) {
      return linkRequests.get(`${account}/${userId}/${digest}`) ?? null;
    },
  };

  const list: OpenCases = {
    async open(account) {
      const inOrder = [...ranks].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
      const found = await Promise.all(inOrder.map(([userId]) => cases.load(account, userId, null)));
      return found.flatMap((one) => ('unread' in one ? [] : [one]));
    },
    async unlisted() {
      return [...rows.values()].flatMap(({ case: { userId }, wakeAt }) =>
        wakeAt === null || ranks.has(userId) || unread.has(userId) ? [] : [userId],
      );
    },
    async enlist({ userId, version }, rank) {
      if (rows.get(userId)?.case.version === version) {
        ranks.set(userId, rank);
      }
    },
  };

  const paces = memoryPaces();

  const due: DueStore = {
    digests: async (now) => {
      const anew = Object.keys(reachedAnew(state.subscriptions ?? null, now));
      return [...paces.due(now), ...(anew.length > 0 ? [{ account: ACCOUNT }] : [])];
    },
    async due(now, limit) {
      const readable = [...rows.values()].filter(({ case: { userId } }) => !unread.has(userId));
      return [
        ...readable.map(({ case: { account, userId }, wakeAt }) => ({ account, userId, wakeAt })),
        ...[...unread.values()].map(({ unread: { account, userId }, wakeAt }) => ({
          account,
          userId,
          wakeAt,
        })),
      ]
        .flatMap(({ wakeAt, ...one }) => (wakeAt !== null && wakeAt <= now ? [{ ...one, wakeAt }] : []))
        .sort((a, b) => (a.wakeAt < b.wakeAt ? -1 : a.wakeAt > b.wakeAt ? 1 : 0))
        .slice(0, limit);
    },
    async push(one, to) {
      const odd = unread.get(one.userId);
      if (odd !== undefined) {
        unread.set(one.userId, { ...odd, wakeAt: to });
        return odd.wakeAt === one.wakeAt;
      }
      const row = rows.get(one.userId);
      if (row?.wakeAt !== one.wakeAt) {
        return false;
      }
      rows.set(one.userId, { ...row, wakeAt: to });
      return true;
    },
  };

  return {
    rows,
    history,
    names,
    underNames,
    evidences,
    exposures,
    usages,
    abouts,
    requests,
    linkRequests,
    askedLinks,
    newer,
    unread,
    decisions,
    spent,
    state,
    ranks,
    cases,
    approvals,
    list,
    paces,
    due,
  };
}

export type MemoryTable = ReturnType<typeof memoryTable>;
