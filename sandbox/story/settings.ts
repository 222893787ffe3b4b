import { type Pace, SHORT_PACE } from '../launch/pace.ts';
import { type Approver, type SettingsDocument, SHORT_SETTINGS } from '../launch/settings.ts';

/** The grace period of the story. */
export const GRACE_SECONDS = 16;

/** Users that must never be changed, by name and by tag. */
export const EXCLUDED = {
  tag: { key: 'solekey:exclude', value: 'true' },
  users: ['break-glass-*'],
} as const;

/** The role in which an approver acts in the account, with their session's name as single sign-on makes it. */
export const APPROVERS_ROLE = { role: 'PlatformAdmin', session: 'platform@example.com' } as const;

/** The approvers; of one of them Solekey knows how they appear in CloudTrail. No other chapter's keys are made by that role. */
const APPROVERS: readonly Approver[] = SHORT_SETTINGS.approvers.map((approver) =>
  approver.id === 'platform-lead'
    ? {
        ...approver,
        principals: [`arn:aws:sts::*:assumed-role/${APPROVERS_ROLE.role}/${APPROVERS_ROLE.session}`],
      }
    : approver,
);

/**
 * The short settings with those that the story needs besides. Reminders come every ten seconds, not for the mails: an
 * open question is evaluated again when a reminder is due, and that makes up for lost events.
 */
export const STORY_SETTINGS: SettingsDocument = {
  ...SHORT_SETTINGS,
  approvers: APPROVERS,
  grace: `PT${GRACE_SECONDS}S`,
  // Between announcement and deletion an operator must have time to type "pause", even on a slow machine.
  deletionNotice: 'PT12S',
  // Mails for so many users take a while, and the owner who rotates must be faster than this.
  rotationWindow: 'PT45S',
  remindEvery: 'PT10S',
  changesPerHour: 1_000,
  exclude: EXCLUDED,
};

/** A sign-off is due at the end of the story, some minutes after the first anchor. Releases before 0.12.0 do not know the setting. */
export const SOON_SIGNED_OFF: Partial<SettingsDocument> = { signOffEvery: 'PT2M' };

/** Many users found at once wait for a digest, as in AWS, long enough to evaluate thirty of them on any machine. */
export const OLD_ACCOUNT_PACE: Pace = { ...SHORT_PACE, surveyPools: true, pooling: 20 };
