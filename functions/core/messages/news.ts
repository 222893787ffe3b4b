import type { Case, ClosedAs, HeldReason, NoticeKind, Phase } from '../case/case.ts';
import { tellsOfCompromised } from '../channel/urgency.ts';
import type { Instant } from '../model/time.ts';
import { isAlarm } from './alarm.ts';
import { type ChatMessage, chatMessage } from './chat.ts';
import type { NewsContext } from './context.ts';
import {
  type DecisionForMachines,
  decisionForMachines,
  type KeyForMachines,
  keysForMachines,
} from './for-machines.ts';

/** A message on the data topic: our own fields, and those that a chat shows. Without token, link or full key id. */
export interface DataMessage extends ChatMessage {
  /** Version of our own fields. It increases when a field or a value is added. */
  readonly schemaVersion: 2;
  readonly notice: NoticeKind;
  readonly urgent: boolean;
  readonly at: Instant;
  readonly account: string;
  readonly accountName: string;
  readonly userId: string;
  readonly userName: string;
  readonly case: Case['number'];
  readonly phase: Phase;
  readonly phaseSince: Instant;
  readonly heldFor: HeldReason | null;
  readonly closedAs: ClosedAs | null;
  readonly keys: readonly KeyForMachines[];
  readonly decision: DecisionForMachines | null;
}

/** The notice as JSON for machines, without token, link or full key id. */
export function renderNews(context: NewsContext): DataMessage {
  const { kind, current, policy, now } = context;
  const urgent = isAlarm(context) || current.heldFor === 'no-active-key' || tellsOfCompromised(kind, current);
  return {
    schemaVersion: 2,
    notice: kind,
    urgent,
    at: now,
    account: current.account,
    accountName: policy.accountName,
    userId: current.userId,
    userName: current.userName,
    case: current.number,
    phase: current.phase,
    phaseSince: current.phaseSince,
    heldFor: current.heldFor,
    closedAs: current.closedAs,
    keys: keysForMachines(current, policy),
    decision: decisionForMachines(current),
    ...chatMessage(context, urgent),
  };
}
