import type { Inventory } from '../app/inventory-ports.ts';
import { INVENTORY_COLUMNS, inventoryCells, jsonLine, jsonText } from '../core/inventory/lines.ts';
import { INVENTORY_SCHEMA, type InventoryRow } from '../core/inventory/row.ts';
import { sha256 } from '../core/model/digest.ts';
import { csvText } from './csv.ts';

/** A file of an inventory. */
export interface InventoryFile {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

/**
 * The files of an inventory: every user and, beside it, those with several active keys, each as JSON Lines and as CSV;
 * and last the manifest with counts and the SHA-256 of each.
 */
export function inventoryFiles({ rows, ...inventory }: Inventory): InventoryFile[] {
  const violations = rows.filter(({ activeKeys }) => activeKeys > 1);
  const files = [...asLinesAndCsv('inventory', rows), ...asLinesAndCsv('violations', violations)];
  const count = (wanted: (row: InventoryRow) => boolean) => rows.filter(wanted).length;
  const manifest = {
    classification: 'internal',
    schema: INVENTORY_SCHEMA,
    ...inventory,
    users: rows.length,
    keys: rows.reduce((sum, { keys }) => sum + keys.length, 0),
    violations: violations.length,
    sources: {
      live: count(({ read }) => read === 'live'),
      report: count(({ read }) => read === 'report'),
      unread: count(({ read }) => read === 'unread'),
    },
    files: files.map(({ name, content }) => ({
      name,
      bytes: Buffer.byteLength(content),
      sha256: sha256(content),
    })),
  };
  return [
    ...files,
    { name: 'manifest.json', type: 'application/json', content: `${jsonText(manifest, 2)}\n` },
  ];
}

function asLinesAndCsv(name: string, rows: readonly InventoryRow[]): InventoryFile[] {
  return [
    { name: `${name}.jsonl`, type: 'application/jsonl', content: rows.map(jsonLine).join('') },
    {
      name: `${name}.csv`,
      type: 'text/csv; charset=utf-8',
      content: csvText(INVENTORY_COLUMNS, rows.map(inventoryCells)),
    },
  ];
}
