import type { KeyProgress } from './case.ts';

/**
 * What becomes of each field of a key's progress when the decision is void: what tells that the key is off because of us
 * stays, and with it the restore; the road to deletion goes.
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

/** A key's progress without the road to deletion; what was deleted stays deleted. */
export function withoutRoad(progress: KeyProgress): KeyProgress {
  return progress.deleted === undefined ? without(progress, 'goes') : progress;
}

/** What a newer release keeps in a key's progress, and nothing that this one knows. */
export function unknownIn(progress: KeyProgress): KeyProgress {
  return without(without(progress, 'goes'), 'stays');
}

/** The progress of a key that nobody was told about any more, as far as its deletion goes. */
export function unannounced({
  announced: _told,
  announcedFor: _date,
  announcedTo: _whom,
  ...rest
}: KeyProgress): KeyProgress {
  return rest;
}

function without(progress: KeyProgress, fate: 'stays' | 'goes'): KeyProgress {
  const known: Readonly<Record<string, string>> = WHEN_VOID;
  return Object.fromEntries(Object.entries(progress).filter(([field]) => known[field] !== fate));
}
