import { type Anchor, CARRIED, HASH_FILES, type HeadLine } from '../../core/records/anchor.ts';
import { type Csv, recordFiles } from '../../core/records/files.ts';
import {
  type AnchorBefore,
  anchorText,
  linesFile,
  nextAnchor,
  type RecordFile,
} from '../../core/records/make-anchor.ts';
import type { Log } from '../ports.ts';
import type { AnchorStore, Signer } from '../records-ports.ts';
import { validationFiles } from './files.ts';
import { type Findings, NO_FILES } from './findings.ts';

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
  const { now, news, users, remediated, validation } = found;
  const { unvouched } = users;
  const heads = news.heads?.filter(({ userId }) => !unvouched.some((one) => one.userId === userId)) ?? null;
  const files = filesOf(world, found, heads);
  const number = (before?.anchor.number ?? 0) + 1;
  const { latest } = before?.anchor ?? NO_FILES;
  const anchor = nextAnchor(
    before,
    {
      account,
      at: now,
      until: news.until,
      kind: heads === null ? 'news' : 'daily',
      release,
      settings: settingsHash,
      validated: validation?.takenAt ?? before?.anchor.validated ?? null,
      latest: {
        settings: found.settings ? number : latest.settings,
        remediated: remediated === null ? latest.remediated : number,
        validation: validation === null ? latest.validation : number,
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
  if (unvouched.length > 0) {
    log.error('The history of these users is not what was written; nothing about them is recorded', {
      unvouched,
    });
    log.count('NotVouched', unvouched.length);
  }
  const counted = { users: news.wanted.length, unvouched: unvouched.length, validated: validation !== null };
  return { number, ...counted };
}

function filesOf(
  { csv, settings }: SignWorld,
  { news, users, remediated, validation, settings: isNew }: Findings,
  heads: readonly HeadLine[] | null,
): RecordFile[] {
  return [
    linesFile(HASH_FILES.entries, users.lines),
    ...(heads === null ? [] : [linesFile(HASH_FILES.heads, heads)]),
    ...(news.ledger.length === 0 ? [] : [linesFile(HASH_FILES.ledger, news.ledger)]),
    ...recordFiles(users.rows, csv),
    ...(remediated === null ? [] : [linesFile(CARRIED.remediated, remediated)]),
    ...(validation === null ? [] : validationFiles(validation, csv)),
    ...(isNew ? [settings] : []),
  ];
}

function countsOf(heads: readonly HeadLine[]): Anchor['counts'] {
  return { users: heads.length, entries: heads.reduce((sum, { version }) => sum + version, 0) };
}
