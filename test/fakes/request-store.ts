import type { ListedCase } from '../../functions/app/list-ports.ts';
import type { RequestStore } from '../../functions/app/store-ports.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { DecisionRequest } from '../../functions/core/case/requests.ts';
import type { SealedLinkRequest } from '../../functions/core/channel/link-request.ts';
import type { CheckedSubscriptions } from '../../functions/core/health/reach.ts';
import type { About } from '../../functions/core/inventory/about.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { type Control, UNRESTRICTED } from '../../functions/core/model/policy.ts';
import type { UserUsage } from '../../functions/core/usage/user-usage.ts';

/** The approver's part of the table in memory. `known` and `control` may be replaced to play the world's part. */
export interface MemoryRequestStore extends RequestStore {
  current: Case | null;
  /** Further cases, of other users. */
  others: () => readonly ListedCase[];
  control: Control;
  usage: UserUsage | null;
  about: About | null;
  subscriptions: CheckedSubscriptions | null;
  /** By digest. */
  readonly requests: Map<string, DecisionRequest>;
  /** Comments, by the digest of their request. */
  readonly comments: Map<string, string>;
  /** Requests for links, by digest. */
  readonly linkRequests: Map<string, SealedLinkRequest>;
  /** How often something was written. */
  writes: number;
}

export function memoryRequestStore(current: Case | null): MemoryRequestStore {
  const store: MemoryRequestStore = {
    current,
    others: () => [],
    control: UNRESTRICTED,
    usage: null,
    about: null,
    subscriptions: null,
    requests: new Map(),
    comments: new Map(),
    linkRequests: new Map(),
    writes: 0,
    async case(account, userId) {
      const mine = store.current?.account === account && store.current.userId === userId;
      const { control, usage, about, subscriptions } = store;
      const other = mine
        ? undefined
        : store.others().find(({ current: one }) => one.account === account && one.userId === userId);
      if (other !== undefined) {
        return { ...other, control, subscriptions };
      }
      return { current: mine ? store.current : null, control, usage, about, subscriptions };
    },
    async request(_account, _userId, digest) {
      return store.requests.get(digest) ?? null;
    },
    async comment(_account, _userId, digest, commentDigest) {
      const comment = store.comments.get(digest);
      return comment !== undefined && sha256(comment) === commentDigest ? comment : null;
    },
    async record(_account, _userId, request, comment) {
      const stored = store.requests.get(request.digest);
      if (stored !== undefined) {
        return stored;
      }
      store.requests.set(request.digest, request);
      if (comment !== undefined) {
        store.comments.set(request.digest, comment);
      }
      store.writes += 1;
      return request;
    },
    async recordLinkRequest(_account, request) {
      if (store.linkRequests.has(request.digest)) {
        return 'before';
      }
      store.linkRequests.set(request.digest, request);
      store.writes += 1;
      return 'recorded';
    },
  };
  return store;
}
