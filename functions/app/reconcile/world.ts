import type { Policy } from '../../core/model/policy.ts';
import type { LinkPurpose } from '../../core/case/requests.ts';
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
  iam: IamReader;
  iamWrites: IamWriter;
  cases: CaseStore;
  links: LinkMinter & RequestAttester;
  publisher: Publisher;
  wakes: WakeSender;
  /** To AWS Config, where it has a view of us. */
  refreshes: RefreshSender;
  clock: Clock;
  log: Log;
  policy: Policy;
  /** The address that a signed token is mailed as. */
  linkTo(purpose: LinkPurpose, token: string): string;
  /** How long a claim lasts: function timeout + 30 s. */
  leaseFor: Seconds;
  /** A new random id. */
  newId(): string;
}
