import { generateKeyPairSync, sign } from 'node:crypto';
import { csvText } from '../../functions/adapters/csv.ts';
import { zipped } from '../../functions/adapters/pack-zip.ts';
import { isSigned } from '../../functions/adapters/records/anchor-folder.ts';
import { makeRecords, type RecordsWorld } from '../../functions/app/records/make-records.ts';
import type {
  AnchorStore,
  FoundAnchor,
  HistoryStore,
  InventoryReader,
  StoredInventory,
} from '../../functions/app/records-ports.ts';
import { readAnchor, readHashLines } from '../../functions/contracts/anchor.ts';
import { readCarried } from '../../functions/contracts/carried.ts';
import { readPackOrder } from '../../functions/contracts/pack-order.ts';
import { readPackValidation } from '../../functions/contracts/pack-validation.ts';
import { readVersions } from '../../functions/contracts/record.ts';
import { statedIn } from '../../functions/contracts/stated.ts';
import { wordsIn } from '../../functions/contracts/statement-item.ts';
import { tableRestores } from '../../functions/contracts/table-restored.ts';
import { entryHash } from '../../functions/core/case/history.ts';
import { chainFindings } from '../../functions/core/case/record-check.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import type { LedgerEntry } from '../../functions/core/model/ledger.ts';
import { CARRIED, HASH_FILES } from '../../functions/core/records/anchor.ts';
import type { RecordFile } from '../../functions/core/records/make-anchor.ts';
import type { SignOffFile } from '../../functions/core/signoff/file.ts';
import type { LiveOrder } from '../../functions/core/validation/order.ts';
import type { Report } from '../../functions/core/validation/report.ts';
import { ACCOUNT } from './cases.ts';
import type { MemoryWorld } from './world.ts';

/** An anchor as it stands in the bucket. */
export interface KeptAnchor {
  text: string;
  readonly signature: Uint8Array;
  readonly files: Map<string, string>;
}

/** The function records on a world in memory, with a key of its own. */
export function withRecords(m: Pick<MemoryWorld, 'table' | 'clock' | 'log' | 'world'>) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kept = new Map<number, KeptAnchor>();
  const ledger: LedgerEntry[] = [];
  const state: {
    inventory: StoredInventory | null;
    order: LiveOrder | null;
    report: Report | null;
    signOff: SignOffFile | null;
    withoutLines: Set<string>;
    comments: Map<string, string>;
    packs: Map<number, Uint8Array>;
  } = {
    inventory: null,
    order: null,
    report: null,
    signOff: null,
    withoutLines: new Set(),
    comments: new Map(),
    packs: new Map(),
  };
  const reads = { histories: 0, scans: 0, signOffs: 0 };
  const entriesOf = (userId: string) => m.table.history.get(userId) ?? [];
  const userIds = () => [...m.table.history.keys()];

  const history: HistoryStore = {
    async lines(_account, from, to) {
      return userIds()
        .filter((userId) => !state.withoutLines.has(userId))
        .flatMap((userId) =>
          entriesOf(userId).map((entry) => ({ userId, n: entry.n, at: entry.at, hash: entryHash(entry) })),
        )
        .filter(({ at }) => at > from && at <= to);
    },
    async heads() {
      reads.scans += 1;
      return [...m.table.rows]
        .map(([userId, { case: current, lastHash }]) => {
          return { userId, version: current.version, hash: lastHash ?? '' };
        })
        .sort((a, b) => (a.userId < b.userId ? -1 : 1));
    },
    async history(_account, userId) {
      reads.histories += 1;
      const entries = entriesOf(userId);
      const row = m.table.rows.get(userId);
      const findings = chainFindings(entries, row?.case.version ?? 0, row?.lastHash ?? '');
      return { entries, findings, versions: readVersions(entries), answers: [], comments: state.comments };
    },
    ledger: async () => ledger,
    statementWords: async () => state.comments,
    control: async () => m.table.state.control,
  };

  const read = (number: number): FoundAnchor => {
    const { text, signature } = keptAt(kept, number);
    const anchor = readAnchor(text);
    return anchor !== null && isSigned(Buffer.from(text), signature, publicKey)
      ? { found: 'anchor', anchor, sha256: sha256(text) }
      : { found: 'broken', number, why: 'its signature is not that of the records key' };
  };
  const anchors: AnchorStore = {
    read: async (number) =>
      kept.has(number) ? read(number) : { found: 'broken', number, why: 'it cannot be read' },
    latest: async () => (kept.size === 0 ? { found: 'none' } : read(Math.max(...kept.keys()))),
    async daily(number) {
      for (let at = number; at > 0; at -= 1) {
        const found = read(at);
        if (found.found === 'anchor' && found.anchor.kind === 'daily') {
          const heads = readHashLines('heads', keptAt(kept, at).files.get(HASH_FILES.heads) ?? '');
          return heads === null ? null : { number: at, until: found.anchor.until, heads };
        }
      }
      return null;
    },
    async carried(kind, number) {
      const found = readCarried(kind, keptAt(kept, number).files.get(CARRIED[kind]) ?? '');
      if (found === null) {
        throw new Error(`anchor ${number} has no ${kind}`);
      }
      return found;
    },
    async keep(number, files, text, signature) {
      if (kept.has(number)) {
        return false;
      }
      kept.set(number, {
        text,
        signature,
        files: new Map(files.map(({ name, content }) => [name, content])),
      });
      return true;
    },
    order: async () => state.order,
    async keepOrder(order) {
      state.order = order;
    },
    async validation(number) {
      const files = ['validation.json', 'validation.csv'].map((name) => ({
        ...{ name, type: '' },
        content: keptAt(kept, number).files.get(name) ?? '',
      }));
      const found = readPackValidation(JSON.parse(files[0]?.content ?? 'null'));
      if (found === null) {
        throw new Error(`anchor ${number} has no validation`);
      }
      return { ...found, anchor: number, files };
    },
    hasPack: async (entry) => state.packs.has(entry),
    async keepPack(entry, zip) {
      state.packs.set(entry, zip);
    },
    signOff: async () => state.signOff,
    async keepSignOff(file) {
      state.signOff = file;
      reads.signOffs += 1;
    },
    async keepReport(report) {
      state.report = report;
    },
  };
  const inventories: InventoryReader = {
    async after(since) {
      const { inventory } = state;
      return inventory !== null && (since === null || inventory.takenAt > since) ? inventory : null;
    },
    ordered: async () => state.inventory?.ordered ?? null,
  };
  const settings: RecordFile = { name: 'settings.json', type: 'application/json', content: '{}\n' };
  const world: RecordsWorld = {
    history,
    anchors,
    inventories,
    cases: {
      open: async () => [...m.table.rows].flatMap(([id, row]) => (row.case.phase === 'closed' ? [] : [id])),
      async cases(_account, ids) {
        const found = ids.flatMap((id) => m.table.rows.get(id)?.case ?? []);
        return {
          control: m.table.state.control,
          subscriptions: null,
          cases: new Map(found.map((one) => [one.userId, one])),
          unread: new Map(),
        };
      },
      usage: async () => [],
      evidence: async () => new Map(),
    },
    signer: { sign: async (text) => sign('sha256', Buffer.from(text, 'utf8'), privateKey) },
    csv: csvText,
    zip: zipped,
    orderIn: readPackOrder,
    restoresIn: tableRestores,
    statedIn,
    wordsIn,
    clock: m.clock,
    log: m.log,
    policy: m.world.policy,
    release: '0.11.0',
    settings,
    settingsHash: sha256(settings.content),
    once: async (_number, work) => work(),
  };
  return {
    world,
    kept,
    ledger,
    state,
    reads,
    publicKey,
    run: (changed: Partial<RecordsWorld> = {}) => makeRecords({ ...world, ...changed }, ACCOUNT),
    /** The lines of a file beside an anchor. */
    lines: <Line>(number: number, name: string): Line[] =>
      (keptAt(kept, number).files.get(name) ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Line),
    anchor: (number: number) => {
      const anchor = readAnchor(keptAt(kept, number).text);
      if (anchor === null) {
        throw new Error(`anchor ${number} cannot be read`);
      }
      return anchor;
    },
  };
}

function keptAt(kept: ReadonlyMap<number, KeptAnchor>, number: number): KeptAnchor {
  const found = kept.get(number);
  if (found === undefined) {
    throw new Error(`there is no anchor ${number}`);
  }
  return found;
}
