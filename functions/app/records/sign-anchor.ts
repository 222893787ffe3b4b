import { type Anchor, CARRIED, type Carried, HASH_FILES, type HeadLine } from '../../core/records/anchor.ts';
import { recordFiles } from '../../core/records/files.ts';
import { vouchedHeads } from '../../core/records/lost-heads.ts';
import {
  type AnchorBefore,
  anchorText,
  linesFile,
  nextAnchor,
  type RecordFile,
} from '../../core/records/make-anchor.ts';
import type { Csv } from '../../core/records/table.ts';
import type { Log } from '../ports.ts';
import type { AnchorStore, Signer } from '../records-ports.ts';
import { reportFile, validationFiles } from './files.ts';
import type { Findings } from './findings.ts';

/** The ports to sign an anchor. */
export interface SignWorld {
  readonly anchors: AnchorStore;
  readonly signer: Signer;
  readonly csv: Csv;
  readonly log: Log;
  readonly release: string;
  /** The settings in force, as a file. */
  readonly settings: RecordFile;
  readonly settingsHash: string;
}

/** An anchor that was signed. */
export interface Signed {
  readonly number: number;
  /** Number of users with something new. */
  readonly users: number;
  readonly unvouched: number;
  /** True if it has a validation. */
  readonly validated: boolean;
}

/** Signs and stores the anchor of these findings. Null if another run stored one with this number first. */
export async function signAnchor(
  world: SignWorld,
  account: string,
  before: AnchorBefore | null,
  found: Findings,
): Promise<Signed | null> {
  const { anchors, signer, log, release, settingsHash } = world;
  const { now, news, unvouched, judged } = found;
  const heads = news.heads === null ? null : vouchedHeads(news.heads, news.daily, unvouched);
  const changed = changedFiles(world, found);
  const files = [...newFiles(world, found, heads), ...Object.values(changed).flat()];
  const number = (before?.anchor.number ?? 0) + 1;
  const latest = (kind: Carried) =>
    changed[kind].length > 0 ? number : (before?.anchor.latest[kind] ?? null);
  const anchor = nextAnchor(
    before,
    {
      account,
      at: now,
      until: news.until,
      kind: heads === null ? 'news' : 'daily',
      release,
      settings: settingsHash,
      validated: judged?.validation.takenAt ?? before?.anchor.validated ?? null,
      latest: {
        settings: latest('settings'),
        remediated: latest('remediated'),
        times: latest('times'),
        validation: latest('validation'),
        report: latest('report'),
      },
      ledger: news.ledgerHead,
      counts: heads === null ? null : countsOf(heads),
      unvouched,
    },
    files,
  );
  const text = anchorText(anchor);
  if (!(await anchors.keep(number, files, text, await signer.sign(text)))) {
    return null;
  }
  const told = heads === null ? (before?.anchor.unvouched ?? []) : [];
  const toTell = unvouched.filter(({ userId }) => told.every((one) => one.userId !== userId));
  if (toTell.length > 0) {
    log.error('The history of these users is not what was written; nothing about them is recorded', {
      unvouched: toTell,
    });
    log.count('NotVouched', toTell.length);
  }
  for (const { entry, by } of news.restored) {
    log.error(
      'The ledger says that the table was restored from a backup; if nobody did that, entries were removed',
      {
        entry,
        by,
      },
    );
    log.count('NotVouched');
  }
  const counted = { users: news.wanted.length, unvouched: unvouched.length, validated: judged !== null };
  return { number, ...counted };
}

function newFiles(
  { csv }: SignWorld,
  { news, users }: Findings,
  heads: readonly HeadLine[] | null,
): RecordFile[] {
  return [
    linesFile(HASH_FILES.entries, users.lines),
    ...(heads === null ? [] : [linesFile(HASH_FILES.heads, heads)]),
    ...(news.ledger.length === 0 ? [] : [linesFile(HASH_FILES.ledger, news.ledger)]),
    ...recordFiles(users.rows, csv),
  ];
}

/** The files that are carried from anchor to anchor, of those kinds that changed. */
function changedFiles(
  { csv, settings }: SignWorld,
  { remediated, times, judged, settings: isNew }: Findings,
): Readonly<Record<Carried, readonly RecordFile[]>> {
  return {
    settings: isNew ? [settings] : [],
    remediated: remediated === null ? [] : [linesFile(CARRIED.remediated, remediated)],
    times: times === null ? [] : [linesFile(CARRIED.times, times)],
    validation: judged === null ? [] : validationFiles(judged.validation, csv),
    report: judged === null ? [] : [reportFile(judged.report)],
  };
}

function countsOf(heads: readonly HeadLine[]): Anchor['counts'] {
  return { users: heads.length, entries: heads.reduce((sum, { version }) => sum + version, 0) };
}
