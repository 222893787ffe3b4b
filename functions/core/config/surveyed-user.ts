import { joinedKeys } from '../inventory/joined-keys.ts';
import type { Privilege } from '../inventory/privilege.ts';
import { CREDENTIALS_NOT_READ, type SurveyedUser, slotId } from '../inventory/surveyed.ts';
import type { KeysRead } from '../inventory/turn.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { RecordedKeys } from './recorded-keys.ts';
import type { ListedUser, ReportRow } from './survey.ts';

/** Everything that one run and those before it know of a user. */
export interface KnownOfUser {
  /** The user's row in the credential report; null if there is none. */
  readonly row: ReportRow | null;
  /** When the report was generated. */
  readonly generated: Instant;
  /** The keys as this run read them. */
  readonly live?: { readonly keys: readonly ObservedKey[]; readonly began: Instant } | undefined;
  /** When this run wanted to read the keys and could not. */
  readonly unreadAt?: Instant | undefined;
  /** The keys of an open case that need not be read. */
  readonly recorded?: RecordedKeys | null | undefined;
  /** The last background reading of a user with this ARN. */
  readonly read?: KeysRead | undefined;
  readonly privilege: Privilege;
}

/** Nothing is known about these keys, not even from the report. */
const UNREAD = { how: 'unread', keys: [], asOf: null } as const;

/** A user as the inventory shows them: each fact from the newest source that has it. */
export function surveyedUser(user: ListedUser, known: KnownOfUser): SurveyedUser {
  const { row, privilege, unreadAt } = known;
  return {
    ...user,
    console: row?.console ?? null,
    privilege,
    otherCredentials:
      row === null ? CREDENTIALS_NOT_READ : { ...CREDENTIALS_NOT_READ, certificates: row.certificates },
    ...keysOf(user, known),
    ...(unreadAt === undefined ? {} : { unreadAt }),
  };
}

function keysOf(
  user: ListedUser,
  { row, generated, live, recorded, read }: KnownOfUser,
): Pick<SurveyedUser, 'how' | 'keys' | 'asOf'> {
  const report = row === null ? null : { keys: row.slots.map(slotKey), asOf: generated };
  // Another user may have had the same ARN.
  const own = read?.created === user.created ? read : undefined;
  if (live !== undefined) {
    return { how: 'live', keys: withUses(live.keys, report?.keys ?? []), asOf: live.began };
  }
  if (recorded !== undefined && recorded !== null) {
    return { how: 'live', keys: recorded.keys, asOf: recorded.factsAt };
  }
  if (report === null) {
    return own === undefined ? UNREAD : { how: 'live', ...joinedKeys({ keys: [], asOf: '' }, own) };
  }
  const joined = joinedKeys(report, own);
  return { how: joined.asOf === generated ? 'report' : 'live', ...joined };
}

function slotKey({ created, active, lastUsed }: ReportRow['slots'][number], index: number): ObservedKey {
  return { id: slotId(index === 0 ? 1 : 2), status: active ? 'Active' : 'Inactive', created, lastUsed };
}

/** Keys as they are, with the report's last use where this run had no reason to read it. */
function withUses(keys: readonly ObservedKey[], reported: readonly ObservedKey[]): readonly ObservedKey[] {
  const { keys: joined } = joinedKeys({ keys: reported, asOf: '' }, { keys, asOf: '' });
  const own = keys.filter(({ lastUsed }) => lastUsed.kind !== 'not-read');
  return joined.map((key) => own.find(({ id }) => id === key.id) ?? key);
}
