import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { CONTROL_KEY, controlItemSchema } from '../contracts/items.ts';
import { controlContent, ledgerKey, ledgerPartition, readLedgerEntry } from '../contracts/ledger-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { sameValue } from '../core/model/digest.ts';
import {
  type ControlContent,
  type LedgerEntry,
  type LedgerReason,
  ledgerEntry,
} from '../core/model/ledger.ts';
import { type Control, UNRESTRICTED } from '../core/model/policy.ts';
import type { NotInLedger } from '../core/signoff/noted.ts';
import { type Condition, IS_NEW, setting } from './update.ts';

/** The control item after a command, and the entry in the ledger; null if the item already was as it should be. */
export interface Changed {
  readonly control: Control;
  readonly entry: LedgerEntry | null;
}

/**
 * The control item and its ledger, for the operator's commands, and for reconcile where Solekey pauses itself. Functions
 * read the item in every pass and request, and write nothing else to it.
 */
export interface ControlStore {
  read(): Promise<Control>;
  /** The item with all its attributes (null: there is none), and the entries of the ledger that can be read, in order. */
  ledger(): Promise<{ readonly content: ControlContent | null; readonly entries: readonly LedgerEntry[] }>;
  /**
   * Writes the changed item together with an entry of the ledger; nothing if the item stays the same. Throws ChangedMeanwhile if
   * somebody else wrote one of them in between. `used`: the highest number that an entry ever had, if the table may lack it.
   */
  change(change: (control: Control) => Control, why: LedgerReason, used?: number): Promise<Changed>;
  /**
   * Writes an entry of the ledger about something that leaves the control item as it is, but for the number of the entry.
   * Throws ChangedMeanwhile as above.
   */
  note(why: LedgerReason): Promise<LedgerEntry>;
}

/** The ledger where an entry depends on the control item as it is when it is written. */
export interface ConditionalLedger {
  /**
   * Notes as {@link ControlStore} does, if `judge` gives a reason under the control item as it is; otherwise returns what it gives
   * instead, and writes nothing.
   * `beside`: an item that is written in the transaction of the entry, or hinders both.
   */
  noteIf(
    judge: (control: Control) => LedgerReason | NotInLedger,
    beside: (entry: LedgerEntry) => PutItem,
  ): Promise<LedgerEntry | NotInLedger>;
}

/** An item to put on a condition. */
export interface PutItem {
  readonly TableName: string;
  readonly Item: Record<string, unknown>;
  readonly ConditionExpression: string;
}

/** Finds the item of the ledger's last entry, given the content of the control item; undefined if there is none. */
export type LastEntry = (control: ControlContent | null) => Promise<Record<string, unknown> | undefined>;

/** Somebody else changed the control item between the reading and the write. Nothing was written. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

/** `lastEntry` finds the last entry of the ledger; by default with a query, which the commands' credentials permit. */
export function controlStore(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
  lastEntry: LastEntry = queriedLast(documents, table, account),
): ControlStore & ConditionalLedger {
  const item = async () => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: table, Key: CONTROL_KEY, ConsistentRead: true }),
    );
    return Item;
  };
  const query = queryOf(table, account);

  const present = async () => {
    const found = await item();
    const before = found === undefined ? null : controlContent(found);
    const latest = await lastEntry(before);
    const last = latest === undefined ? null : readLedgerEntry(latest);
    if (latest !== undefined && last === null) {
      throw new Error(`The last entry of the ledger, ${String(latest.sk)}, cannot be read.`);
    }
    return { before, control: controlOf(found), last };
  };

  const written = async (
    { before, last }: { readonly before: ControlContent | null; readonly last: LedgerEntry | null },
    after: ControlContent,
    why: LedgerReason,
    { used = 0, beside }: { readonly used?: number; readonly beside?: (entry: LedgerEntry) => PutItem } = {},
  ): Promise<LedgerEntry> => {
    const revision = typeof before?.revision === 'number' ? before.revision : 0;
    const entry = ledgerEntry(last, before, { ...after, revision: revision + 1 }, why, used);
    await write(documents, table, account, { before, entry, beside: beside?.(entry) });
    return entry;
  };

  return {
    read: async () => controlOf(await item()),

    async ledger() {
      const entries: LedgerEntry[] = [];
      for await (const page of paginateQuery({ client: documents }, query)) {
        entries.push(...(page.Items ?? []).flatMap((found) => readLedgerEntry(found) ?? []));
      }
      const found = await item();
      return { content: found === undefined ? null : controlContent(found), entries };
    },

    async change(change, why, used) {
      const { before, control, last } = await present();
      const next = change(control);
      if (sameValue(next, control)) {
        return { control, entry: null };
      }
      const after = { ...before, ...next };
      const more = used === undefined ? {} : { used };
      return { control: next, entry: await written({ before, last }, after, why, more) };
    },

    async note(why) {
      const { before, last } = await present();
      return written({ before, last }, { ...before }, why);
    },

    async noteIf(judge, beside) {
      const { before, control, last } = await present();
      const judged = judge(control);
      return 'refused' in judged ? judged : written({ before, last }, { ...before }, judged, { beside });
    },
  };
}

function queryOf(table: string, account: string) {
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': ledgerPartition(account) },
  };
}

function queriedLast(documents: DynamoDBDocumentClient, table: string, account: string): LastEntry {
  return async () => {
    const { Items = [] } = await documents.send(
      new QueryCommand({ ...queryOf(table, account), ScanIndexForward: false, Limit: 1 }),
    );
    return Items[0];
  };
}

function controlOf(item: Record<string, unknown> | undefined): Control {
  return item === undefined ? UNRESTRICTED : controlItemSchema.parse(item);
}

/** An entry, the control item as it was read, and the item that is written with both. */
interface Write {
  readonly before: ControlContent | null;
  readonly entry: LedgerEntry;
  readonly beside: PutItem | undefined;
}

async function write(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
  { before, entry, beside }: Write,
): Promise<void> {
  const { pauses, revoked, answersFrom, revision, entry: number } = entry.after;
  const voids = answersFrom === undefined ? {} : { answersFrom };
  const attributes = { pauses, revoked, ...voids, revision, entry: number, schema: SCHEMA.control };
  const Item = { ...ledgerKey(account, entry.number), ...entry, schema: SCHEMA.ledger };
  try {
    await documents.send(
      new TransactWriteCommand({
        TransactItems: [
          { Update: setting(table, CONTROL_KEY, attributes, asRead(before, Object.keys(voids))) },
          { Put: { TableName: table, Item, ConditionExpression: IS_NEW.expression } },
          ...(beside === undefined ? [] : [{ Put: beside }]),
        ],
      }),
    );
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : undefined;
    if (reasons?.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict')) {
      throw new ChangedMeanwhile('Someone else changed this at the same moment.');
    }
    throw error;
  }
}

/**
 * Requires that the item is as it was read, in all that a command writes. A write past the commands need not change the
 * revision, so that alone would not do.
 */
function asRead(before: ControlContent | null, also: readonly string[]): Condition {
  if (before === null) {
    return IS_NEW;
  }
  const written = ['pauses', 'revoked', ...also, 'revision', 'entry'];
  const same = written.map((name) =>
    before[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :was_${name}`,
  );
  const read = written.filter((name) => before[name] !== undefined);
  return {
    expression: same.join(' AND '),
    values: Object.fromEntries(read.map((name) => [`:was_${name}`, before[name]])),
  };
}
