/**
 * Findings of a verification: signs that something other than Solekey changed a record, or that nobody can tell. Each says
 * since when the records cannot be vouched for; null means from the beginning.
 */
import type { ControlFinding } from '../model/ledger.ts';
import type { Instant } from '../model/time.ts';
import type { FileFault } from './files.ts';

/** Entries `from` to `to` of a history or a ledger, and the first anchor that has one of them; null if none has. */
export interface Entries {
  readonly from: number;
  readonly to: number;
  readonly anchor: number | null;
}

/**
 * Faults of entries. `missing`: not there, or not readable · `changed`: not the ones that were written · `misplaced`: under a
 * number that is not theirs · `unanchored`: dated well before the last daily anchor, but no anchor has them.
 */
export type EntryFault = Entries & { readonly found: 'missing' | 'changed' | 'misplaced' | 'unanchored' };

/**
 * Faults of a user's record besides those of its entries. `gone`: anchors have entries of this user, the table has nothing ·
 * `surplus`: entries after the version of the stored case · `case-behind`: as before, and anchors have them · `case-differs`:
 * these fields are not what the history says · `no-case`: a history without a case · `unvouched`: it did not fit when
 * the anchor was made · `wrong-head`: when the anchor was made, the hash beside the case was not that of entry `n`.
 */
export type UserFault =
  | EntryFault
  | { readonly found: 'gone'; readonly entries: number; readonly anchor: number }
  | { readonly found: 'surplus'; readonly from: number; readonly to: number }
  | { readonly found: 'case-behind'; readonly from: number; readonly to: number }
  | { readonly found: 'case-differs'; readonly fields: readonly string[] }
  | { readonly found: 'no-case' }
  | { readonly found: 'unvouched'; readonly anchor: number; readonly why: string }
  | { readonly found: 'wrong-head'; readonly anchor: number; readonly n: number };

/** Faults of the account's ledger and of the control item. */
export type LedgerFault = EntryFault | { readonly found: 'control'; readonly how: ControlFinding };

/**
 * Faults of anchors. `none`: there is no anchor that can be trusted · `other-key`: no anchor of several is signed with the
 * given key · `missing`: no folder, or nothing in it · `signature`: not signed with this key · `unreadable`: signed, but not
 * in a form that this release knows · `other-number`, `other-account`: the text is about another anchor or account · `order`:
 * it does not follow the anchor before · `file`: a file beside it is not what it says · `file-unreadable`: the same, though it is
 * what was signed · `counts`: the counts are not those of its heads · `replaced`: an older version of the file is known ·
 * `stray`: a file that belongs to no anchor · `late`: none was made for more than a day.
 */
export type AnchorFault =
  | { readonly found: 'none' }
  | { readonly found: 'other-key'; readonly anchors: number }
  | { readonly found: 'missing'; readonly from: number; readonly to: number }
  | {
      readonly found: 'unsigned' | 'signature' | 'unreadable' | 'order' | 'counts';
      readonly number: number;
    }
  | { readonly found: 'other-number'; readonly number: number; readonly says: number }
  | { readonly found: 'other-account'; readonly number: number; readonly says: string }
  | { readonly found: 'file'; readonly number: number; readonly fault: FileFault }
  | { readonly found: 'file-unreadable' | 'replaced'; readonly number: number; readonly name: string }
  | { readonly found: 'stray'; readonly name: string }
  | { readonly found: 'late'; readonly at: Instant };

/** A finding, with the moment since which nobody can vouch for what it is about; null: from the beginning. */
export type VerifyFinding = { readonly since: Instant | null } & (
  | { readonly about: 'anchors'; readonly fault: AnchorFault }
  | { readonly about: 'ledger'; readonly fault: LedgerFault }
  | {
      readonly about: 'user';
      readonly userId: string;
      readonly userName: string | null;
      readonly fault: UserFault;
    }
);
