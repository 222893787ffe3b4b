import { MACHINES } from '../case/case.ts';
import type { EventCode, StoredEntry } from '../case/history.ts';
import type { Finding } from '../case/record-check.ts';
import { UTC } from '../model/zone.ts';
import type { Style } from './style.ts';
import { list, moment, printable } from './words.ts';

/** Each event of a case in a few words, which key, person and detail follow. */
const EVENTS: Readonly<Record<EventCode, string>> = {
  rotating: 'a rotation seems to be in progress',
  'awaiting-decision': 'waiting for a decision',
  exception: 'an exception began',
  approved: 'carrying out a decision',
  grace: 'the grace period began',
  'awaiting-confirmation': 'waiting for a confirmation of the deletion',
  held: 'on hold',
  excluded: 'the user is excluded',
  closed: 'the case was closed',
  opened: 'the case was opened',
  reopened: 'the case was opened again',
  renamed: 'the user was renamed; former name',
  'keys-changed': 'the keys of the user changed',
  missing: 'the user was not found',
  unknown: 'IAM gave no reliable answer',
  told: 'a notice was sent',
  exposed: 'AWS Health reported as exposed',
  quarantined: 'AWS quarantined the user, because some key may be exposed',
  decided: 'decision: keep',
  'none-decided': 'decision: deactivate all keys',
  'exception-granted': 'decision: leave keys active until a date',
  'kept-inactive': 'to be deleted later',
  'decision-void': 'the decision became void',
  'deletion-confirmed': 'the deletion was confirmed',
  'confirmation-void': 'the confirmation became void',
  'restore-asked': 'a reactivation was requested',
  'restore-lapsed': 'the request to reactivate expired',
  'request-refused': 'a stored answer was not accepted',
  'answer-dropped': 'an answer is not carried out',
  deactivating: 'about to deactivate',
  deactivated: 'deactivated',
  'deactivation-lost': 'not deactivated after all',
  'deactivation-absent': 'could not be deactivated, it no longer exists',
  'deactivation-refused': 'IAM refused to deactivate',
  'deactivation-not-made': 'the call to deactivate was not made',
  'off-without-us': 'deactivated outside Solekey',
  reactivating: 'about to reactivate',
  restored: 'reactivated',
  'restore-absent': 'could not be reactivated, it no longer exists',
  'restore-refused': 'IAM refused to reactivate',
  'restore-not-made': 'the call to reactivate was not made',
  'reactivated-by-hand': 'reactivated outside Solekey',
  deleting: 'the deletion began',
  'delete-claimed': 'about to delete',
  deleted: 'deleted',
  'deletion-absent': 'could not be deleted, it no longer exists',
  'deletion-refused': 'IAM refused to delete',
  'deletion-not-made': 'the call to delete was not made',
  'deletion-withdrawn': 'the deletion was withdrawn',
  'deletion-lost': 'not deleted after all',
  'seen-again': 'seen again after it was taken for deleted',
  'gone-without-us': 'deleted outside Solekey',
  expired: 'expired by AWS',
};

/** Maximum length of text from an entry that other people chose. */
const SHOWN = 80;

type Event = StoredEntry['events'][number];

/** One line about an entry, for a terminal: number, time and events. An event that only another release knows is shown by its code. */
export function entryLine({ n, at, events, changes }: StoredEntry, style: Style): string {
  const sent = events.filter(({ code }) => code === TOLD);
  const kinds = [...new Set(sent.map(({ detail = '' }) => detail))];
  const said = [
    ...events
      .filter((event) => event.code !== TOLD && !isRepeated(event, events))
      .map((event) => inWords(event, style)),
    ...kinds.map((kind) => noticeWords(kind, sent)),
  ];
  const fields = Object.keys(changes).filter((field) => field !== 'version');
  const what = said.length > 0 ? said.join('; ') : `data updated: ${list(fields)}`;
  return `${String(n).padStart(4)}  ${moment(at, UTC)}  ${what}`;
}

/** The event of a notice that was sent to one recipient. */
const TOLD: EventCode = 'told';

/** True for the beginning of a phase if the same entry has an event of that name for a key. */
function isRepeated({ code, keyId }: Event, events: readonly Event[]): boolean {
  return keyId === undefined && events.some((other) => other.code === code && other.keyId !== undefined);
}

function noticeWords(kind: string, sent: readonly Event[]): string {
  const to = sent.flatMap(({ detail, by = '' }) => (detail === kind ? [by] : []));
  const whom = to.map((recipient) =>
    recipient === MACHINES ? 'the data topic' : printable(recipient, SHOWN),
  );
  return `notice "${printable(kind, SHOWN)}" sent to ${list(whom)}`;
}

function inWords({ code, keyId, by, detail, iam }: Event, style: Style): string {
  const known: Readonly<Record<string, string>> = EVENTS;
  const key = keyId === undefined ? '' : ` ${style.key(keyId)}`;
  const who = by === undefined ? '' : ` (by ${printable(by, SHOWN)})`;
  const more = detail === undefined ? '' : `: ${printable(detail, SHOWN)}`;
  return `${known[code] ?? printable(code, SHOWN)}${key}${who}${more}${iam === undefined ? '' : answered(iam)}`;
}

function answered({ code, requestId }: NonNullable<Event['iam']>): string {
  const request = requestId === null ? '' : `, request id ${printable(requestId, SHOWN)}`;
  return `: ${printable(code, SHOWN)}${request}`;
}

/** A sentence for each sign that the record was changed by something other than Solekey. */
export function findingSentences(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(findingSentence))];
}

function findingSentence(finding: Finding): string {
  switch (finding.found) {
    case 'missing':
      return `${entries(finding.from, finding.to, 'is', 'are')} missing or cannot be read.`;
    case 'surplus':
      return `${entries(finding.from, finding.to, 'does', 'do')} not belong to the stored case.`;
    case 'edited':
      return `Entry ${finding.n} is not the one that was written.`;
    case 'case-differs':
      return `The stored case is not what its history says: ${list(finding.fields)}.`;
    case 'no-case':
      return 'There is a history, but the case itself is missing.';
  }
}

function entries(from: number, to: number, one: string, more: string): string {
  return from === to ? `Entry ${from} ${one}` : `Entries ${from} to ${to} ${more}`;
}
