import type { Mail } from '../../functions/app/ports.ts';
import type { Wake } from '../../functions/app/wake.ts';
import type { HealthState } from '../../functions/core/health/state.ts';
import { sameValue } from '../../functions/core/model/digest.ts';
import { type ControlContent, type LedgerEntry, ledgerEntry } from '../../functions/core/model/ledger.ts';
import { type Control, UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import type { LeftSignOff } from '../../functions/core/signoff/ask.ts';
import { run } from '../../ops/control/run.ts';
import type {
  Account,
  Letter,
  ListedCase,
  Subscriber,
  SubscriptionState,
  World,
} from '../../ops/control/world.ts';
import { ACCOUNT, NOW } from './cases.ts';

export const CALLER = 'arn:aws:sts::123456789012:assumed-role/Ops/alice@example.com';
export const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:Solekey-Mail`;
const QUEUE = 'https://sqs.us-east-1.amazonaws.com/123456789012/';

/** A deployed stack in memory, for the operator's commands. */
export class ControlWorld {
  content: ControlContent | null = null;
  readonly entries: LedgerEntry[] = [];
  readonly wakes: Wake[] = [];
  readonly mails: Mail[] = [];
  readonly told: { readonly subject: string; readonly text: string }[] = [];
  readonly unsubscribed: string[] = [];
  readonly subscribed: Subscriber[] = [];
  /** ARNs of subscriptions that were given their filter. */
  readonly filtered: string[] = [];
  readonly confirmedWith: string[] = [];
  listed: ListedCase[] = [];
  /** Messages by queue, the beginning of its logical id. */
  readonly letters: Record<string, string[]> = {};
  readonly moved: string[] = [];
  states: Record<string, SubscriptionState> = {};
  confirmation: Awaited<ReturnType<World['subscriptions']['confirm']>> = null;
  /** ARNs that SNS answers to Subscribe, in order; the last one again and again. */
  arns: (string | null)[] = [`${TOPIC}:new`];
  waited = 0;
  subscribers: Subscriber[] = [
    { ids: ['sec-lead'], address: 'sec@my-company.net', filter: 'right', made: null },
    { ids: ['platform-lead'], address: 'platform@my-company.net', filter: 'right', made: null },
  ];
  outputs: Record<string, string> = {
    TableName: 'T',
    ApproverIds: 'sec-lead,platform-lead',
    DecisionTerms: '{"decisionValid":"P7D","changesPerHour":20,"changeWindow":null,"zone":"UTC"}',
    WakeQueueUrl: `${QUEUE}WakesQueue`,
    MailTopicArn: TOPIC,
  };
  /** The public key of the records, in DER. */
  recordsKey: Uint8Array | null = new Uint8Array(91);
  withOperators = true;
  caller = CALLER;
  boundaries: string[] = [];
  records: World['records'] = {
    userIdOf: async () => null,
    record: async () => ({ current: null, entries: [], findings: [] }),
  };

  /** Objects in the bucket of records, by key; null: the stack has none. */
  objects: Record<string, string> | null = {};
  /** Called before each read of an object. */
  reading: (key: string) => void = () => undefined;
  /** Times of the comments in the table. */
  comments: string[] = [];
  /** The tables that were copied, each with the partitions that were kept. */
  readonly copied: string[][] = [];
  /** The operator's files, by path. */
  readonly files: Record<string, string> = {};

  /** Health's memory: a run a minute ago in which all was fine. */
  health: HealthState | null = {
    watchingSince: plus(NOW, -3 * DAY),
    checkedAt: plus(NOW, -60),
    waitingSince: null,
    noSignOffSince: null,
    lastKeyEvent: null,
    checks: 15,
    fine: 15,
    open: [],
  };

  signOff: LeftSignOff | null = null;

  world(): World {
    const hidden = new Set<string>();
    const nameOf = (url: string) => url.slice(QUEUE.length);
    const control = () => (this.content === null ? UNRESTRICTED : (this.content as unknown as Control));
    return {
      deployed: { account: ACCOUNT, region: 'us-east-1', stack: 'Solekey', outputs: this.outputs },
      parts: {
        topics: async () => [TOPIC],
        subscribers: async () => this.subscribers,
        queue: async (logicalId) => `${QUEUE}${logicalId}`,
        boundaries: async () => this.boundaries,
      },
      health: async () => this.health,
      signOff: async () => this.signOff,
      control: {
        read: async () => control(),
        ledger: async () => ({ content: this.content, entries: this.entries }),
        change: async (by, why, used) => {
          const next = by(control());
          if (sameValue(next, control())) {
            return { control: next, entry: null };
          }
          const entry = ledgerEntry(
            this.entries.at(-1) ?? null,
            this.content,
            { ...this.content, ...next },
            why,
            used,
          );
          this.entries.push(entry);
          this.content = entry.after;
          return { control: next, entry };
        },
        note: async (why) => {
          const entry = ledgerEntry(this.entries.at(-1) ?? null, this.content, { ...this.content }, why);
          this.entries.push(entry);
          this.content = entry.after;
          return entry;
        },
      },
      records: this.records,
      objects:
        this.objects === null
          ? null
          : {
              read: async (key) => {
                this.reading(key);
                const text = this.objects?.[key];
                return text === undefined ? null : new TextEncoder().encode(text);
              },
              folders: async (prefix) => {
                const names = Object.keys(this.objects ?? {}).filter((key) => key.startsWith(prefix));
                return [
                  ...new Set(names.map((key) => `${prefix}${key.slice(prefix.length).split('/')[0]}/`)),
                ];
              },
            },
      texts: {
        before: async (day) =>
          this.comments.filter((at) => at < day).map((at) => ({ pk: 'DECISION#', sk: at })),
        erase: async ({ sk }) => {
          this.comments = this.comments.filter((at) => at !== sk);
        },
      },
      copyFrom: async (source, keep) => {
        this.copied.push([source, ...keep]);
        return { written: 2, removed: 1 };
      },
      files: {
        exists: async (path) => path in this.files,
        write: async (path, content) => {
          this.files[path] = new TextDecoder().decode(content);
        },
      },
      wakes: {
        send: async (sent) => {
          this.wakes.push(...sent);
        },
      },
      subscriptions: {
        of: async ({ address }) => {
          const state = this.states[address] ?? 'confirmed';
          return { state, arn: state === 'pending' || state === 'missing' ? null : `${TOPIC}:old` };
        },
        confirm: async (_topic, token) => {
          this.confirmedWith.push(token);
          return this.confirmation;
        },
        unsubscribe: async (arn) => {
          this.unsubscribed.push(arn);
        },
        subscribe: async (subscriber) => {
          this.subscribed.push(subscriber);
          return this.arns[Math.min(this.subscribed.length, this.arns.length) - 1] ?? null;
        },
        setFilter: async (arn) => {
          this.filtered.push(arn);
        },
        hasFilter: async (arn) => !arn.endsWith(':bare'),
        exists: async (arn) => !arn.endsWith(':gone'),
      },
      queues: {
        depth: async (url) => this.letters[nameOf(url)]?.length ?? 0,
        receive: async (url): Promise<Letter[]> => {
          const all = this.letters[nameOf(url)] ?? [];
          const fresh = all.filter((body) => !hidden.has(body)).slice(0, 10);
          for (const body of fresh) {
            hidden.add(body);
          }
          return fresh.map((body) => ({ id: body, body, receipt: body }));
        },
        send: async (_url, body) => {
          this.moved.push(body);
        },
        remove: async (url, receipt) => {
          this.letters[nameOf(url)] = (this.letters[nameOf(url)] ?? []).filter((body) => body !== receipt);
        },
      },
      cases: async () => this.listed,
      publicKey: async () => this.recordsKey,
      mail: async (mail) => {
        this.mails.push(mail);
      },
      operators: this.withOperators
        ? async (subject, text) => {
            this.told.push({ subject, text });
          }
        : null,
      caller: async () => this.caller,
      now: () => NOW,
      pause: async (seconds) => {
        this.waited += seconds;
      },
    };
  }
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in a world in memory. `account` is what there is if there is no stack. */
export async function ran(w: ControlWorld | Account, ...args: readonly string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const noStack = Object.assign(new Error('Stack with id Solekey does not exist'), {
    name: 'ValidationError',
  });
  const code = await run(
    args,
    { out: (line) => out.push(line), err: (line) => err.push(line) },
    {
      world: async () => {
        if (w instanceof ControlWorld) {
          return w.world();
        }
        throw noStack;
      },
      account: async () => {
        if (w instanceof ControlWorld) {
          throw new Error('there is a stack');
        }
        return w;
      },
    },
  );
  return { code, out: out.join('\n'), err: err.join('\n') };
}
