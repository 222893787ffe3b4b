import type { ListCounts, ListedCase, ListStore } from '../../functions/app/list-ports.ts';
import { listRank, WANTS, wantOfRank } from '../../functions/core/case/list-rank.ts';
import type { CheckedSubscriptions } from '../../functions/core/health/reach.ts';
import type { Control } from '../../functions/core/model/policy.ts';
import { POLICY } from './cases.ts';

/** What a list in memory is made of, open cases and others. */
export interface Listable {
  readonly cases: readonly ListedCase[];
  readonly control: Control;
  readonly subscriptions?: CheckedSubscriptions | null;
}

/** The list in memory: the cases of a store and of `more`, each in its place. Counts how often it was read. */
export interface MemoryList extends ListStore {
  /** Further cases. One that cannot be read is at the end. */
  more: ListedCase[];
  reads: number;
}

export function memoryList(stored: () => Listable): MemoryList {
  const rankOf = ({ current }: ListedCase) => ('why' in current ? '9' : (listRank(current, POLICY) ?? ''));
  const sorted = () => {
    const all = [...stored().cases, ...list.more];
    return all
      .filter((one) => rankOf(one) !== '' && wantOfRank(rankOf(one)) !== null)
      .sort((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1));
  };
  const counted = (all: readonly ListedCase[]): ListCounts => ({
    of: Object.fromEntries(
      WANTS.map((want) => [want, all.filter((one) => wantOfRank(rankOf(one)) === want).length]),
    ) as ListCounts['of'],
    more: false,
  });
  const list: MemoryList = {
    more: [],
    reads: 0,
    async page(_account, after, limit, wanted = () => true) {
      list.reads += 1;
      const all = sorted();
      const from = after === null ? 0 : all.findIndex(({ current }) => current.userId === after.userId) + 1;
      const fitting = all.slice(from).filter(wanted);
      const cases = fitting.slice(0, limit);
      const last = cases.at(-1);
      const next =
        last === undefined || fitting.length <= limit
          ? null
          : { rank: rankOf(last), account: last.current.account, userId: last.current.userId };
      return {
        control: stored().control,
        subscriptions: stored().subscriptions ?? null,
        cases,
        counts: after === null ? counted(all) : null,
        next,
      };
    },
  };
  return list;
}
