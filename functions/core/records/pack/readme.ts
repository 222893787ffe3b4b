import type { AnchoredFile } from '../anchor.ts';
import type { PackInput } from './input.ts';

/** The files of a pack, with a sentence about each; a folder ends with a slash. */
export const CONTENTS = {
  'manifest.json': 'the period, the counts, and the SHA-256 of every other file but its own signature',
  'manifest.sig': 'the signature of manifest.json: ECDSA with P-256 and SHA-256, in DER',
  SHA256SUMS: 'the SHA-256 of every file but manifest.json, manifest.sig and itself, for sha256sum',
  'control-map.csv':
    'controls of common frameworks, the files that are evidence for each, and what they do not cover',
  'population.json':
    'proof that the population is complete: when it was read and from which sources, users who could not be read, days without a validation',
  'validations/':
    'every IAM user at one time, judged against the decisions; the last one from before the period, too',
  'cases.csv':
    'every case that was open at some moment of the period, and why it stands here. A case is one user with more than one active key, until that is over',
  'before-after.csv':
    'the active keys of each user with a case: before its first case of the period, and at its end',
  'told.csv': 'who was mailed about which case, and when',
  'records/decisions.csv':
    'who decided what about each user, on what grounds, and what was expected from then on',
  'records/summary.csv': 'what was changed in each case',
  'records/deletions.csv': 'each key that was to be deleted: deleted, remaining or pending, and why',
  'records/failures.csv': 'changes that IAM refused or that were not made',
  'comments.csv':
    'what people typed as grounds of a decision, by its SHA-256 in decisions.csv; empty where it was erased',
  'settings.json': 'the settings in force when the period began',
  'settings-changes.csv': 'each setting that changed in the period, before and after',
  'control-changes.csv':
    'pauses, revocations of approvers and other commands of operators, with who and why; the last one from before the period, too',
  'sign-offs.csv':
    'who reviewed all changes, with what verdict, and which report they saw; the last one from before the period, too',
  'concerns.csv':
    'what broke or might break because of a change, the plan about it, and what was done; every concern that was open in the period',
  'releases.csv': 'the releases of Solekey that made records in the period',
  'anchors.csv':
    'the signed statements that bind the histories, with their SHA-256, to compare with copies kept elsewhere',
  'sample.csv': 'the sample that was asked for',
} as const;

/** Files that are made after this text. */
const UNLISTED: ReadonlySet<string> = new Set(['manifest.json', 'manifest.sig', 'SHA256SUMS']);

/** The README of a pack, for an auditor. */
export function readmeText(
  { account, accountName, madeAt, release, request }: PackInput,
  counts: Readonly<Record<string, number>>,
  files: readonly Pick<AnchoredFile, 'name'>[],
): string {
  const has = (name: string) =>
    UNLISTED.has(name) || files.some((file) => file.name === name || file.name.startsWith(name));
  const contents = Object.entries(CONTENTS)
    .filter(([name]) => has(name))
    .map(([name, what]) => `| \`${name}\` | ${what} |`);
  const { from, to, by, sample, fullKeyIds } = request;
  return `# Evidence pack: ${accountName} (AWS account ${account})

Solekey keeps every IAM user at no more than one active access key, and changes keys only as a person has decided. This pack
shows what it found, who decided what, and with what result.

- period: ${from} to ${to} (UTC)
- made: ${madeAt}, by Solekey ${release}, at the request of ${by}
- classification: internal
${Object.entries(counts)
  .map(([what, count]) => `- ${what}: ${count}`)
  .join('\n')}

## Check it without Solekey

Unpack the archive into an empty folder, and work there. You need \`public.pem\`, the public key of this account's records, in the
folder above. Get the key from somebody other than those who gave you the pack: a person who makes both can make any pack look
right.

\`\`\`sh
openssl dgst -sha256 -verify ../public.pem -signature manifest.sig manifest.json   # Verified OK
grep -c "$(sha256sum SHA256SUMS | cut -d ' ' -f 1)" manifest.json                   # 1
sha256sum -c SHA256SUMS                                                             # every file: OK
find . -type f | wc -l                                                              # ${files.length + 3}
\`\`\`

The first command proves that the records function of this account signed the manifest. The second and the third prove that no
file was changed, removed or renamed since then, and the last one that none was added. With Solekey,
\`npm run verify -- pack.zip --key public.pem\` does all of this offline, and names each file that differs.

## The files

A \`.jsonl\` file has the same rows as the \`.csv\` file beside it. In a cell, several values are separated by \`; \`.

| file | what it has |
|---|---|
${contents.join('\n')}

Key ids are ${fullKeyIds ? 'whole' : 'shown by their last four characters'}. Times are UTC. People are named by the ids that the settings
give them; \`address\` is a mark of the address to which the link was mailed.

## At the borders

- A case that was open when the period began or when it ended is in the pack; \`standing\` and \`why\` in \`cases.csv\` say so. Its
  rows are as they were at the end of the period.
- A user who could not be read never counts as compliant: \`population.json\` names each, with the reason.
- A user who was created while the population was read, was renamed, or is excluded by the settings is in \`validations/\` and
  marked as such.
- Facts from a credential report of IAM are up to 4 hours old. Each row in \`validations/\` says the time of its facts, and if they were
  read live.
- Changes after the last anchor of the period are not in the pack. Anchors are made every 15 minutes when there is news, and daily.
${sampleText(sample)}`;
}

function sampleText(sample: PackInput['request']['sample']): string {
  if (sample === null) {
    return '';
  }
  const { size, seed } = sample;
  return `
## The sample

\`sample.csv\` has the ${size} cases of the period with the lowest SHA-256 of \`seed|id\`; the seed is \`${seed}\`. To check one:
\`printf '%s' '${seed}|AIDA.../1' | sha256sum\`, with the \`id\` from the row.
`;
}
