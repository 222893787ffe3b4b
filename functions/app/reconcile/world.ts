import type { LinkClaim } from '../../core/case/requests.ts';
import type { PaceTerms } from '../../core/channel/pace-terms.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { Seconds } from '../../core/model/time.ts';
import type { DigestSender, PaceStore } from '../channel-ports.ts';
import type { RefreshSender } from '../config-ports.ts';
import type { Pauser, SetbackStore } from '../control-ports.ts';
import type { HealthStore, OperatorMails } from '../health-ports.ts';
import type {
  Clock,
  EventBus,
  IamReader,
  IamWriter,
  LinkMinter,
  Log,
  Publisher,
  RequestAttester,
  WakeSender,
} from '../ports.ts';
import type { SignOffAsked, StatementLedger } from '../signoff-ports.ts';
import type { CaseStore, LinkRequests, OpenCases } from '../store-ports.ts';
import type { UsageAsker } from '../usage-ports.ts';

/** Everything reconcile needs from outside. */
export interface World {
  readonly iam: IamReader;
  readonly iamWrites: IamWriter;
  readonly cases: CaseStore;
  readonly links: LinkMinter & RequestAttester;
  readonly publisher: Publisher;
  readonly operators: OperatorMails;
  readonly bus: EventBus;
  readonly paces: PaceStore;
  readonly digests: DigestSender;
  readonly openCases: OpenCases;
  readonly setbacks: SetbackStore;
  readonly pauser: Pauser;
  readonly linkRequests: LinkRequests;
  /** Statements about reports, and the ledger that has them. */
  readonly statements: StatementLedger;
  /** The sign-off that is asked for. */
  readonly signOffs: SignOffAsked;
  /** The findings of health, for digests. */
  readonly health: Pick<HealthStore, 'load' | 'subscriptions'>;
  readonly wakes: WakeSender;
  /** Requests runs of the rule in AWS Config, if the view is on. */
  readonly refreshes: RefreshSender;
  /** Asks who uses keys. With usage off it is never called. */
  readonly usage: UsageAsker;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: Policy;
  /** The limits of mail to an address. */
  readonly pace: PaceTerms;
  /** The URL for a signed token, as mailed. */
  linkTo(purpose: LinkClaim['purpose'], token: string): string;
  /** Duration of a lease: function timeout + 30 s. */
  readonly leaseFor: Seconds;
  /** Waits for some milliseconds. */
  pause(milliseconds: number): Promise<void>;
  /** A new random id. */
  newId(): string;
}
