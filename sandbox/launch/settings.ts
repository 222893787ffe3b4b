/** An approver in the settings. */
export interface Approver {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The mails that they get: `all`, which is the default, or `none`. */
  readonly mail?: 'all' | 'none';
  /** Globs of the ARNs under which they act in AWS. */
  readonly principals?: readonly string[];
}

/** The product's settings document. The sandbox knows only the settings that it sets itself. */
export interface SettingsDocument {
  readonly approvers: readonly Approver[];
  readonly [setting: string]: unknown;
}

/**
 * The product's settings with short times, so that a case of several weeks takes half a minute. The product has no
 * other clock and no test mode: it runs as it would with P7D, only sooner. Settings that are left out have their
 * defaults.
 */
export const SHORT_SETTINGS: SettingsDocument = {
  region: 'us-east-1',
  accountName: 'sandbox',
  mode: 'enforce',
  approvers: [
    { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' },
    { id: 'platform-lead', name: 'Platform lead', email: 'platform@example.com' },
  ],
  operators: ['operators@example.com'],
  notifyAfter: 'PT1S',
  settle: 'PT1S',
  rotationWindow: 'PT20S',
  grace: 'PT12S',
  deletionNotice: 'PT8S',
  // The story makes more changes in a minute than an account makes in an hour.
  changesPerHour: 1_000,
  // Shorter than the minute that AWS requires between two runs, like all other times; the scheduled runs stay daily.
  config: { refreshEvery: 'PT3S', maxRunsPerDay: 1_440 },
};

/** Longer times for a person with a browser, who needs to read before something is deleted. */
export const UNHURRIED_SETTINGS: SettingsDocument = {
  ...SHORT_SETTINGS,
  rotationWindow: 'PT10M',
  grace: 'PT5M',
  deletionNotice: 'PT3M',
};
