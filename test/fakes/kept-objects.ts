import { sha256 } from '../../functions/core/model/digest.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { ANCHOR_FILES, anchorFolder } from '../../functions/core/records/anchor.ts';
import { anchorText, nextAnchor } from '../../functions/core/records/make-anchor.ts';
import { ACCOUNT } from './cases.ts';

/** The objects of an anchor with these files, by key. Its signature is none, and it has no place in a chain. */
export function anchorObjects(
  number: number,
  at: Instant,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const contents = Object.entries(files).map(([name, content]) => ({ name, type: 'text/plain', content }));
  const anchor = nextAnchor(
    null,
    {
      account: ACCOUNT,
      at,
      until: at,
      kind: 'news',
      release: '0.11.0',
      settings: sha256(''),
      validated: null,
      latest: { settings: null, remediated: null, times: null, validation: null, report: null },
      ledger: { number: 0, hash: '' },
      counts: null,
      unvouched: [],
    },
    contents,
  );
  const folder = anchorFolder(number);
  return {
    [`${folder}${ANCHOR_FILES.text}`]: anchorText({ ...anchor, number }),
    [`${folder}${ANCHOR_FILES.signature}`]: 'none',
    ...Object.fromEntries(contents.map(({ name, content }) => [`${folder}${name}`, content])),
  };
}
