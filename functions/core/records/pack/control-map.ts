import type { Columns } from '../table.ts';

/** A control of a framework, and the files of the pack that are evidence for it. */
export interface MappedControl {
  readonly framework: string;
  readonly version: string;
  readonly control: string;
  /** The control in our own words. */
  readonly asks: string;
  readonly evidence: readonly string[];
  /** The part of the control for which the pack is no evidence. */
  readonly notCovered: string;
  readonly source: string;
}

const CIS = {
  framework: 'CIS Amazon Web Services Foundations Benchmark',
  asks: 'No IAM user has more than one active access key; before one is deactivated, check that the other one works.',
  evidence: ['population.json', 'validations/', 'records/decisions.csv', 'before-after.csv'],
  notCovered: 'The AWS account root user.',
  source: 'https://www.cisecurity.org/benchmark/amazon_web_services',
} as const;

const NIST = {
  framework: 'NIST SP 800-53',
  version: 'Revision 5',
  source: 'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
} as const;

const PCI = {
  framework: 'PCI DSS',
  version: '4.0.1',
  source: 'https://www.pcisecuritystandards.org/document_library/',
} as const;

const SOC = {
  framework: 'SOC 2 (AICPA Trust Services Criteria)',
  version: '2017, points of focus revised 2022',
  source:
    'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
} as const;

/** The frameworks that speak of long-lived access keys, with the numbers that the same recommendation has in each version. */
export const CONTROL_MAP: readonly MappedControl[] = [
  { ...CIS, version: '1.4.0, 1.5.0, 2.0.0, 3.0.0 and 4.0', control: '1.13' },
  { ...CIS, version: '5.0', control: '1.12' },
  { ...CIS, version: '6.0', control: '2.12' },
  {
    ...NIST,
    control: 'AC-2(3)',
    asks: 'Disable accounts that are no longer needed, within a defined time.',
    evidence: ['records/decisions.csv', 'records/deletions.csv', 'cases.csv'],
    notCovered: 'Accounts themselves: Solekey deactivates and deletes their access keys, never the IAM user.',
  },
  {
    ...NIST,
    control: 'IA-5',
    asks: 'Manage authenticators: know who has them, change and revoke them, protect them.',
    evidence: ['population.json', 'validations/', 'records/summary.csv', 'records/deletions.csv'],
    notCovered: 'Issuing keys, passwords, and the strength of other authenticators.',
  },
  {
    ...PCI,
    control: '7.2.5.1',
    asks: 'Review the access of application and system accounts periodically, address inappropriate access, and have management acknowledge the rest.',
    evidence: ['sign-offs.csv', 'concerns.csv', 'records/decisions.csv', 'told.csv', 'validations/'],
    notCovered: 'Permissions of the accounts: Solekey decides about keys, not about policies.',
  },
  {
    ...PCI,
    control: '8.6.3',
    asks: 'Protect the secrets of application and system accounts against misuse, and change them when they may be compromised.',
    evidence: ['records/decisions.csv', 'records/deletions.csv', 'records/failures.csv'],
    notCovered: 'Regular rotation of the key that is kept.',
  },
  {
    ...SOC,
    control: 'CC6.1',
    asks: 'Logical access controls protect information assets, credentials included.',
    evidence: ['population.json', 'settings.json', 'settings-changes.csv', 'control-changes.csv'],
    notCovered: 'Controls other than access keys of IAM users.',
  },
  {
    ...SOC,
    control: 'CC6.2',
    asks: 'Credentials are authorised by people, and removed when access is no longer authorised.',
    evidence: ['records/decisions.csv', 'records/deletions.csv', 'told.csv'],
    notCovered: 'Registration of new users.',
  },
  {
    ...SOC,
    control: 'CC6.3',
    asks: 'Access is changed and removed by role and responsibility, with least privilege and segregation of duties.',
    evidence: ['records/decisions.csv', 'before-after.csv', 'cases.csv', 'sign-offs.csv'],
    notCovered: 'Permissions of the users.',
  },
  {
    framework: 'ISO/IEC 27001',
    version: '2022, Annex A',
    control: '5.18',
    asks: 'Access rights are provided, reviewed, changed and removed by the rules of the organisation.',
    evidence: ['records/decisions.csv', 'records/deletions.csv', 'before-after.csv', 'sign-offs.csv'],
    notCovered: 'Access rights other than access keys.',
    source: 'https://www.iso.org/standard/27001',
  },
];

/** The columns of control-map.csv. */
export const CONTROL_COLUMNS: Columns<MappedControl> = {
  framework: (row) => row.framework,
  version: (row) => row.version,
  control: (row) => row.control,
  asks: (row) => row.asks,
  evidence: (row) => row.evidence.join('; '),
  not_covered: (row) => row.notCovered,
  source: (row) => row.source,
};
