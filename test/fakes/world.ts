import type { Mail } from '../../functions/app/ports.ts';
import { sendDigests } from '../../functions/app/reconcile/digest.ts';
import { type Reconciled, reconcile } from '../../functions/app/reconcile/reconcile.ts';
import type { World } from '../../functions/app/reconcile/world.ts';
import { sweep } from '../../functions/app/sweep.ts';
import type { DigestWish } from '../../functions/app/wake.ts';
import { LINK_PATHS } from '../../functions/contracts/fixed-names.ts';
import { PACE_TERMS } from '../../functions/core/channel/pace-terms.ts';
import type { CaseEvent } from '../../functions/core/messages/case-events.ts';
import type { DataMessage } from '../../functions/core/messages/news.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import type { Instant, Seconds } from '../../functions/core/model/time.ts';
import type { SignOffAsk } from '../../functions/core/signoff/ask.ts';
import type { UsageQuestion } from '../../functions/core/usage/user-usage.ts';
import { memoryTable } from './case-store.ts';
import { ACCOUNT, NOW, POLICY } from './cases.ts';
import { memoryHistory } from './event-history.ts';
import { memoryIam } from './iam.ts';
import { memoryLog, memoryMailLinks, memoryWakes, standingClock } from './ports.ts';
import { memorySetbacks } from './setbacks.ts';
import type { Settable } from './settable.ts';
import { signing } from './signing.ts';
import { memoryStatements } from './statement-store.ts';

const LEASE: Seconds = 90;

/** The whole of Solekey but for AWS: use cases over ports in memory, with a clock that only moves when told. */
export function memoryWorld(policy: Policy = POLICY, start: Instant = NOW) {
  const clock = standingClock(start);
  const iam = memoryIam(clock);
  const table = memoryTable();
  const strain = memorySetbacks(table.state);
  const trail = memoryHistory(clock);
  const statements = memoryStatements(table.state, strain.ledger);
  /** The sign-off that the survey stored. */
  const signOff: { ask: SignOffAsk | null } = { ask: null };
  const wakes = memoryWakes();
  const mailLinks = memoryMailLinks();
  const log = memoryLog();
  const links = signing();
  const mails: (Mail & { readonly link: string | null; readonly at: Instant })[] = [];
  /** Those with a link to the list. */
  const digestMails: typeof mails = [];
  /** Requests for digests, with their delays. */
  const digests: { readonly wish: DigestWish; readonly delay: Seconds }[] = [];
  const news: DataMessage[] = [];
  const toOperators: Pick<Mail, 'subject' | 'body'>[] = [];
  /** The events of each call to the event bus. */
  const put: (readonly CaseEvent[])[] = [];
  /** Wishes for AWS Config. */
  const asked: { readonly since: Instant; readonly delay: Seconds }[] = [];
  /** Questions about the use of keys. */
  const questions: UsageQuestion[] = [];
  /** `refuses`: ids of approvers whose mail alone SNS does not accept. */
  const state = { snsAway: false, busAway: false, operatorsAway: false, refuses: new Set<string>() };
  /** Messages that went to the dead-letter queue at once. */
  const buried: string[] = [];
  let ids = 0;
  const world: Settable<World> = {
    iam: iam.reader,
    iamWrites: iam.writer,
    cases: table.cases,
    links: {
      mint: links.mint,
      claimOf: links.claimOf,
      claimOfLinkRequest: links.claimOfLinkRequest,
      claimOfStatement: links.claimOfStatement,
    },
    publisher: {
      async mail(mail) {
        if (state.snsAway || state.refuses.has(mail.recipient)) {
          throw new Error('SNS is away');
        }
        const link = /https:\/\/\S+/.exec(mail.body)?.[0] ?? null;
        (link?.includes('/l/') ? digestMails : mails).push({ ...mail, link, at: clock.now() });
      },
      async machines(one) {
        if (state.snsAway) {
          throw new Error('SNS is away');
        }
        news.push(one);
      },
    },
    operators: {
      async send(mail) {
        if (state.snsAway || state.operatorsAway) {
          throw new Error('SNS is away');
        }
        toOperators.push(mail);
      },
    },
    bus: {
      async put(events) {
        if (state.busAway) {
          throw new Error('EventBridge is away');
        }
        put.push(events);
      },
    },
    paces: table.paces,
    openCases: table.list,
    linkRequests: table.askedLinks,
    statements: statements.ledger,
    signOffs: { read: async () => ({ ask: signOff.ask, control: table.state.control }) },
    setbacks: strain.setbacks,
    pauser: strain.pauser,
    health: {
      load: async () => null,
      subscriptions: async () => table.state.subscriptions ?? null,
    },
    digests: {
      async ask(wish, delay) {
        digests.push({ wish, delay });
      },
    },
    pause: async (milliseconds) => clock.move(milliseconds / 1_000),
    wakes,
    refreshes: {
      async ask({ since }, delay) {
        asked.push({ since, delay });
      },
    },
    usage: {
      async ask(question) {
        questions.push(question);
      },
    },
    clock,
    log,
    policy,
    pace: PACE_TERMS,
    linkTo: (purpose, token) => `https://keys.example.com/${LINK_PATHS[purpose]}/${token}`,
    leaseFor: LEASE,
    newId: () => `pass-${++ids}`,
  };
  return {
    world,
    clock,
    iam,
    table,
    strain,
    statements,
    signOff,
    trail,
    wakes,
    mailLinks,
    log,
    links,
    mails,
    digestMails,
    news,
    toOperators,
    put,
    asked,
    digests,
    questions,
    buried,
    state,
    /** Looks at a user, as a wake by name would. */
    wake: (userName: string): Promise<Reconciled> =>
      reconcile(world, { kind: 'user', account: ACCOUNT, userName, attempt: 0 }),
    /** One run of the sweep, and every wake it sent. */
    async sweep(): Promise<void> {
      await sweep({ due: table.due, wakes, digests: world.digests, clock, log, random: () => 0 });
      for (const wake of wakes.sent.splice(0)) {
        await reconcile(world, wake);
      }
      for (const { wish } of digests.splice(0)) {
        // Nobody else writes here, so nobody has to be waited for.
        await sendDigests({ ...world, pause: async () => undefined }, wish);
      }
    },
    /** Answers every question about the use of keys, as witness does. */
    witness(): void {
      for (const question of questions.splice(0)) {
        table.usages.set(question.userId, trail.answer(question));
      }
    },
    /** The case of a user as stored. */
    caseOf: (userId: string) => table.rows.get(userId)?.case ?? null,
  };
}

export type MemoryWorld = ReturnType<typeof memoryWorld>;
