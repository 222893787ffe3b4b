import type { Account } from './account.ts';

/** Something that breaks a promise in the deployed account, and its repair. */
export interface Sabotage {
  readonly what: string;
  /** A part of the sentence that operators must get. */
  readonly says: string;
  /** The heading in docs/operate.md; left out: that of the check. */
  readonly heading?: string;
  apply(account: Account): Promise<unknown>;
  undo(account: Account): Promise<unknown>;
}

/** The sabotages of one check. */
export type Sabotages = readonly [Sabotage, ...Sabotage[]];

/** Changes something that can be read and written, and puts back what was there. */
export function swap<Was>(
  read: (account: Account) => Promise<Was>,
  write: (account: Account, wanted: Was) => Promise<unknown>,
  change: (was: Was, account: Account) => Was,
): Pick<Sabotage, 'apply' | 'undo'> {
  const kept: Was[] = [];
  return {
    async apply(account) {
      const was = await read(account);
      kept.push(was);
      await write(account, change(was, account));
    },
    async undo(account) {
      for (const was of kept.splice(0)) {
        await write(account, was);
      }
    },
  };
}
