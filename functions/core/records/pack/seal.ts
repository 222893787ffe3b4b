import { jsonText } from '../../inventory/lines.ts';
import { sha256 } from '../../model/digest.ts';
import type { Instant } from '../../model/time.ts';
import type { AnchoredFile } from '../anchor.ts';
import { anchored, type RecordFile } from '../make-anchor.ts';
import type { PackInput, PackRequest } from './input.ts';

/** Version of a manifest's fields. It rises when a field changes its meaning or goes, not when one is added. */
export const PACK_SCHEMA = 1;

/** The names of the two files that the manifest does not list. */
export const SEAL_FILES = { manifest: 'manifest.json', signature: 'manifest.sig' } as const;

/** The statement about a pack that is signed. */
export interface Manifest {
  readonly schema: number;
  readonly classification: 'internal';
  readonly account: string;
  readonly accountName: string;
  readonly madeAt: Instant;
  readonly release: string;
  readonly request: PackRequest;
  /** The first and the last anchor of the period; null if there is none. */
  readonly anchors: {
    readonly first: { readonly number: number; readonly sha256: string };
    readonly last: { readonly number: number; readonly sha256: string };
  } | null;
  readonly counts: Readonly<Record<string, number>>;
  /** Every file but those of {@link SEAL_FILES}, in the order of their names. */
  readonly files: readonly AnchoredFile[];
}

/** The text of a manifest about these files. */
export function manifestText(
  { account, accountName, madeAt, release, request, anchors }: PackInput,
  counts: Manifest['counts'],
  files: readonly RecordFile[],
): string {
  const [first, last] = [anchors[0], anchors.at(-1)];
  const manifest: Manifest = {
    schema: PACK_SCHEMA,
    classification: 'internal',
    account,
    accountName,
    madeAt,
    release,
    request,
    anchors:
      first === undefined || last === undefined
        ? null
        : {
            first: { number: first.number, sha256: first.sha256 },
            last: { number: last.number, sha256: last.sha256 },
          },
    counts,
    files: files.map(anchored).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  return `${jsonText(manifest, 2)}\n`;
}

/** The text of SHA256SUMS, which `sha256sum -c` reads. */
export function sumsText(files: readonly RecordFile[]): string {
  return files
    .map(({ name, content }) => `${sha256(content)}  ${name}\n`)
    .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
    .join('');
}
