import type { Case, Phase } from '../case/case.ts';
import type { EventCode, HistoryEntry } from '../case/history.ts';
import { lastFour } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import {
  type DecisionForMachines,
  decisionForMachines,
  type KeyForMachines,
  keysForMachines,
} from './for-machines.ts';

/** The steps of a case that other programs can react to, on the account's event bus. */
export type CaseEventKind = 'case-detected' | 'case-decided' | 'key-deactivated' | 'key-deleted';

/** The detail type of an event, by which rules choose. Rules of others name it, so it never changes. */
export const DETAIL_TYPE = {
  'case-detected': 'Solekey Case Detected',
  'case-decided': 'Solekey Case Decided',
  'key-deactivated': 'Solekey Key Deactivated',
  'key-deleted': 'Solekey Key Deleted',
} as const satisfies Record<CaseEventKind, string>;

/** The detail of an event, without link, token or full key id. */
export interface CaseEventDetail {
  /** Increases when a field or a value is added. */
  readonly schemaVersion: 2;
  /** Account, UserId, version of the case and number within it: the same if the event is put twice. */
  readonly id: string;
  readonly event: CaseEventKind;
  readonly at: Instant;
  readonly account: string;
  readonly accountName: string;
  readonly userId: string;
  readonly userName: string;
  readonly case: Case['number'];
  readonly caseVersion: Case['version'];
  readonly phase: Phase;
  /** The key that the event is about; null if it is about the case. */
  readonly keyEndsIn: string | null;
  readonly keys: readonly KeyForMachines[];
  readonly decision: DecisionForMachines | null;
}

export interface CaseEvent {
  readonly detailType: (typeof DETAIL_TYPE)[CaseEventKind];
  readonly detail: CaseEventDetail;
}

/** For each event of the history, the step that it tells other programs; null if it tells none. */
const TELLS = {
  opened: 'case-detected',
  reopened: 'case-detected',
  decided: 'case-decided',
  'none-decided': 'case-decided',
  'exception-granted': 'case-decided',
  deactivated: 'key-deactivated',
  deleted: 'key-deleted',
  rotating: null,
  'awaiting-decision': null,
  exception: null,
  approved: null,
  grace: null,
  'awaiting-confirmation': null,
  deleting: null,
  held: null,
  excluded: null,
  closed: null,
  renamed: null,
  'keys-changed': null,
  missing: null,
  unknown: null,
  told: null,
  'decision-void': null,
  'deletion-confirmed': null,
  'kept-inactive': null,
  'confirmation-void': null,
  'restore-asked': null,
  'restore-lapsed': null,
  'request-refused': null,
  'answer-dropped': null,
  deactivating: null,
  'deactivation-lost': null,
  'deactivation-absent': null,
  'deactivation-refused': null,
  'deactivation-not-made': null,
  exposed: null,
  quarantined: null,
  'off-without-us': null,
  reactivating: null,
  restored: null,
  'restore-absent': null,
  'restore-refused': null,
  'restore-not-made': null,
  'reactivated-by-hand': null,
  'delete-claimed': null,
  'deletion-absent': null,
  'deletion-refused': null,
  'deletion-not-made': null,
  'deletion-withdrawn': null,
  'deletion-lost': null,
  'seen-again': null,
  'gone-without-us': null,
  expired: null,
} as const satisfies Record<EventCode, CaseEventKind | null>;

/** The kinds of events that are about one key. */
const ABOUT_A_KEY = {
  'case-detected': false,
  'case-decided': false,
  'key-deactivated': true,
  'key-deleted': true,
} as const satisfies Record<CaseEventKind, boolean>;

/** The events that a history entry means for other programs, with the case as the entry left it; none for most entries. */
export function caseEvents(
  next: Case,
  { n, at, events }: Pick<HistoryEntry, 'n' | 'at' | 'events'>,
  policy: Policy,
): readonly CaseEvent[] {
  const { account, userId, userName, number, phase } = next;
  return events.flatMap(({ code, keyId }, index) => {
    const event = TELLS[code];
    if (event === null) {
      return [];
    }
    const detail: CaseEventDetail = {
      schemaVersion: 2,
      id: `${account}/${userId}/${n}/${index}`,
      event,
      at,
      account,
      accountName: policy.accountName,
      userId,
      userName,
      case: number,
      caseVersion: n,
      phase,
      keyEndsIn: keyId !== undefined && ABOUT_A_KEY[event] ? lastFour(keyId) : null,
      keys: keysForMachines(next, policy),
      decision: decisionForMachines(next),
    };
    return [{ detailType: DETAIL_TYPE[event], detail }];
  });
}
