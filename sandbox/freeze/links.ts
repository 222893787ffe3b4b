import type { Plain } from './plain.ts';
import type { MailedLink } from './plays.ts';

/** A link with its claim decoded. */
export interface FrozenLink {
  readonly from: string;
  readonly item: {
    readonly path: string;
    readonly claim: { readonly [field: string]: Plain };
  };
}

/** Decodes a mailed link: its path, which shows its purpose, and the claim that is signed into its token. */
export function readClaim({ from, url }: MailedLink): FrozenLink {
  const path = new URL(url).pathname;
  const [, payload = ''] = path.split('.');
  const claim = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { [field: string]: Plain };
  return { from, item: { path, claim } };
}
