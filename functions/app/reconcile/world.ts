import type { LinkPurpose } from '../../core/case/requests.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { Seconds } from '../../core/model/time.ts';
import type {
  CaseStore,
  Clock,
  IamReader,
  IamWriter,
  LinkMinter,
  Log,
  Publisher,
  RefreshSender,
  RequestAttester,
  WakeSender,
} from '../ports.ts';

/** Everything reconcile needs from outside. */
export interface World {
  readonly iam: IamReader;
  readonly iamWrites: IamWriter;
  readonly cases: CaseStore;
  readonly links: LinkMinter & RequestAttester;
  readonly publisher: Publisher;
  readonly wakes: WakeSender;
  /** To AWS Config, where it has a view of us. */
  readonly refreshes: RefreshSender;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: Policy;
  /** The address that a signed token is mailed as. */
  linkTo(purpose: LinkPurpose, token: string): string;
  /** How long a claim lasts: function timeout + 30 s. */
  readonly leaseFor: Seconds;
  /** A new random id. */
  newId(): string;
}
