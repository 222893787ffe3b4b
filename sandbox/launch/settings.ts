/** A person who may decide, as the settings name them. */
export interface Approver {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The product's settings document; nothing here is known to the sandbox but what it sets itself. */
export interface SettingsDocument {
  readonly approvers: readonly Approver[];
  readonly [setting: string]: unknown;
}

/**
 * The product's own settings with short times, so that a case that takes weeks takes half a minute. There is no other
 * clock and no switch in the product: it runs as it would with P7D, only sooner. What is left out has its default.
 */
export const SHORT_SETTINGS: SettingsDocument = {
  region: 'us-east-1',
  accountName: 'sandbox',
  mode: 'enforce',
  approvers: [
    { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' },
    { id: 'platform-lead', name: 'Platform lead', email: 'platform@example.com' },
  ],
  notifyAfter: 'PT1S',
  settle: 'PT1S',
  rotationWindow: 'PT20S',
  grace: 'PT12S',
  deletionNotice: 'PT8S',
  // The story changes in a minute what an account changes in a year.
  changesPerHour: 1_000,
  // Config's minute between two runs of a rule, made as short as the rest; its own schedule stays at a day.
  config: { refreshEvery: 'PT3S', maxRunsPerDay: 1_440 },
};

/** The same for a person with a browser, who wants to read before something is deleted. */
export const UNHURRIED_SETTINGS: SettingsDocument = {
  ...SHORT_SETTINGS,
  rotationWindow: 'PT10M',
  grace: 'PT5M',
  deletionNotice: 'PT3M',
};
