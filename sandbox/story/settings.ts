import { type SettingsDocument, SHORT_SETTINGS } from '../launch/settings.ts';

/** How long a key that was switched off stays, in this story. */
export const GRACE_SECONDS = 16;

/** Who must never be touched, by name and by tag. */
export const EXCLUDED = {
  tag: { key: 'solekey:exclude', value: 'true' },
  users: ['break-glass-*'],
} as const;

/**
 * The short settings with what the story is about besides. Reminders come every ten seconds, not for the mails: an open
 * question is looked at again when one is due, and that is when a lost event is made up for.
 */
export const STORY_SETTINGS: SettingsDocument = {
  ...SHORT_SETTINGS,
  grace: `PT${GRACE_SECONDS}S`,
  // From the announcement to the deletion an operator has time to type "pause", on a slow machine, too.
  deletionNotice: 'PT12S',
  // Mails of so many users take a while, and this one is about the owner who is quicker than that.
  rotationWindow: 'PT45S',
  remindEvery: 'PT10S',
  changesPerHour: 1_000,
  exclude: EXCLUDED,
};
