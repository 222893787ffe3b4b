import type { Front } from '../front/server.ts';
import type { ConfigService } from '../gateway/config/service.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Say } from '../world/say.ts';
import type { Sns } from '../world/sns.ts';
import type { World, WorldOptions } from '../world/world.ts';
import type { Assembly, Template } from './assembly.ts';
import type { Clients } from './clients.ts';
import type { Deployed } from './deploy.ts';
import type { Pace } from './pace.ts';
import type { SettingsDocument } from './settings.ts';

export interface LaunchOptions {
  readonly say: Say;
  /** Replaces the short settings. The public URL is always the sandbox's own. */
  readonly settings?: SettingsDocument;
  /** The directory of the virtual environment and the runs. */
  readonly directory?: string;
  /** Interval at which the deployed sweep is invoked; 0: only by its schedule and on request. */
  readonly sweepEveryMs?: number;
  /** Replaces the schedules in the template, e.g. `rate(1 minute)`. */
  readonly schedule?: string;
  /** Limits of mail to an address; left out: short times and no limit in an hour. */
  readonly pace?: Pace;
  /** Prints only the differences to AWS that are left out, and the name of the file with all of them. */
  readonly brief?: boolean;
  /** Interval between scheduled runs of the rule in AWS Config; left out: runs on request only. */
  readonly runRuleEveryMs?: number;
  /** Called with every AWS call and its answer. */
  readonly watch?: WorldOptions['watch'];
  /** Leaves the approvers' subscriptions pending, as a deployment does. Without it, all are confirmed at the start. */
  readonly leavePending?: boolean;
  /** When the emulated SNS deletes a pending subscription, in seconds; 48 hours in AWS, ten minutes if left out. */
  readonly pendingSeconds?: number;
  /** Deploys a frozen release from this folder (`test/releases/<version>`) instead of the current source. */
  readonly release?: string;
}

/** Solekey, deployed and running in an emulated AWS. */
export interface Launched {
  readonly world: World;
  readonly settings: SettingsDocument;
  /** The address for all AWS calls. */
  readonly gatewayUrl: string;
  /** The address of the inboxes and of the pages behind mailed links. */
  readonly pagesUrl: string;
  /** Serves the inboxes and the pages. */
  readonly front: Front;
  readonly inbox: Inbox;
  /** The e-mail subscriptions of the emulated SNS. */
  readonly sns: Sns;
  readonly clients: Clients;
  readonly assembly: Assembly;
  readonly deployed: Deployed;
  /** True if subscriptions are left pending, those of later releases included. */
  readonly leavesPending: boolean;
  /** The emulated AWS Config; its `rule` is undefined if the template has none. */
  readonly config: ConfigService;
  /** Makes a template of Solekey deployable here, with the same changes as this deployment's. */
  localise(template: Template): Template;
  /** Runs the deployed sweep once, in addition to its regular runs. */
  sweep(): Promise<void>;
  /** Runs the deployed check of Solekey itself once, which also reads who is subscribed. */
  checkHealth(): Promise<void>;
  stop(): Promise<void>;
}
