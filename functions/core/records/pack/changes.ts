/** Changes of what Solekey may do: settings, control item, releases, and the anchors of the period. */
import { jsonText } from '../../inventory/lines.ts';
import { sameValue } from '../../model/digest.ts';
import type { LedgerEntry } from '../../model/ledger.ts';
import type { Instant } from '../../model/time.ts';
import type { Columns } from '../table.ts';
import { isWithin, type PackAnchor, type Period, type SettingsFrom } from './input.ts';

/** One setting that changed, as JSON before and after; null where it was not set. */
export interface SettingChange {
  readonly at: Instant;
  readonly anchor: number;
  readonly setting: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The settings that changed from each document to the next. */
export function settingChanges(settings: readonly SettingsFrom[]): SettingChange[] {
  return settings.flatMap(({ at, anchor, content }, index) => {
    const before = settings[index - 1]?.content;
    if (before === undefined) {
      return [];
    }
    const names = [...new Set([...Object.keys(before), ...Object.keys(content)])].sort();
    return names
      .filter((name) => !sameValue(before[name], content[name]))
      .map((setting) => ({
        at,
        anchor,
        setting,
        before: text(before[setting]),
        after: text(content[setting]),
      }));
  });
}

const text = (value: unknown) => (value === undefined ? null : jsonText(value));

/** The columns of settings-changes.csv. */
export const SETTING_COLUMNS: Columns<SettingChange> = {
  at: (row) => row.at,
  anchor: (row) => row.anchor,
  setting: (row) => row.setting,
  before: (row) => row.before,
  after: (row) => row.after,
};

/** The entries of the ledger in the period, and the last one before it, which says how it began. */
export function ledgerIn(ledger: readonly LedgerEntry[], period: Period): LedgerEntry[] {
  const before = ledger.filter(({ at }) => at < period.from).slice(-1);
  return [...before, ...ledger.filter(({ at }) => isWithin(period, at))];
}

/** The columns of control-changes.csv. */
export const LEDGER_COLUMNS: Columns<LedgerEntry> = {
  number: (row) => row.number,
  at: (row) => row.at,
  command: (row) => row.command,
  by: (row) => row.by,
  reason: (row) => row.reason,
  approver: (row) => row.approver ?? null,
  hash: (row) => row.hash,
};

/** A release of Solekey, from the first anchor that it made. */
export interface ReleaseFrom {
  readonly release: string;
  readonly from: Instant;
  readonly anchor: number;
}

/** The releases of the period, in the order in which they came. */
export function releasesIn(anchors: readonly PackAnchor[]): ReleaseFrom[] {
  return anchors.flatMap(({ release, at, number }, index) =>
    anchors[index - 1]?.release === release ? [] : [{ release, from: at, anchor: number }],
  );
}

/** The columns of releases.csv. */
export const RELEASE_COLUMNS: Columns<ReleaseFrom> = {
  release: (row) => row.release,
  from: (row) => row.from,
  anchor: (row) => row.anchor,
};

/** The columns of anchors.csv. */
export const ANCHOR_COLUMNS: Columns<PackAnchor> = {
  number: (row) => row.number,
  at: (row) => row.at,
  kind: (row) => row.kind,
  release: (row) => row.release,
  unvouched: (row) => row.unvouched.length,
  sha256: (row) => row.sha256,
};
