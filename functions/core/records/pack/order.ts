/**
 * The order of an evidence pack: what an operator's command leaves in the ledger and `records` carries out. The pack that follows
 * from it depends on nothing else that anybody typed.
 */

/** A day in UTC, as `2026-11-23`. */
export type Day = string;

/** The content of an evidence pack, as somebody asked for it. It is the field `about` of a ledger entry `evidence`. */
export interface PackOrder {
  /** First day of the period. */
  readonly from: Day;
  /** Last day of the period, which belongs to it. */
  readonly to: Day;
  /** True if the pack has full ids of access keys; otherwise it has their last four characters. */
  readonly fullIds: boolean;
  /** Number of users in the sample; null if none was asked for. */
  readonly sample: number | null;
  /** The seed that alone chooses them, so that anybody can draw the sample again; null without a sample. */
  readonly seed: number | null;
}

/** The folder of all packs in the records bucket. */
export const PACKS = 'packs/';

/** The pack that answers entry `number` of the ledger. */
export function packKey(number: number): string {
  return `${PACKS}${String(number).padStart(9, '0')}/pack.zip`;
}
