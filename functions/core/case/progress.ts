import type { KeyProgress } from './case.ts';

/**
 * For each field of a key's progress, if it stays when the decision is void. Fields that show that we deactivated the
 * key stay, and with them the restore; those that lead to deletion are removed.
 */
const WHEN_VOID = {
  deactivating: 'stays',
  deactivationAnswered: 'stays',
  refused: 'goes',
  refusedSince: 'goes',
  deactivated: 'stays',
  graceFrom: 'goes',
  graceEnds: 'goes',
  announced: 'goes',
  announcedFor: 'goes',
  announcedTo: 'goes',
  deleting: 'goes',
  seenInactive: 'goes',
  deletionClaimed: 'goes',
  deleted: 'goes',
  expired: 'goes',
  restoring: 'stays',
} as const satisfies Record<keyof KeyProgress, 'stays' | 'goes'>;

/** A key's progress without a pending deletion. A deleted key stays deleted. */
export function withoutRoad(progress: KeyProgress): KeyProgress {
  return progress.deleted === undefined ? without(progress, 'goes') : progress;
}

/** The fields of a key's progress that only a newer release knows. */
export function unknownIn(progress: KeyProgress | undefined): KeyProgress {
  return without(without(progress, 'goes'), 'stays');
}

/** The progress of a key without the announcements of its deletion. */
export function unannounced({
  announced: _told,
  announcedFor: _date,
  announcedTo: _whom,
  ...rest
}: KeyProgress): KeyProgress {
  return rest;
}

function without(progress: KeyProgress | undefined, fate: 'stays' | 'goes'): KeyProgress {
  const known: Readonly<Record<string, string>> = WHEN_VOID;
  return Object.fromEntries(Object.entries({ ...progress }).filter(([field]) => known[field] !== fate));
}
