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

/** Decodes a mailed link: its path, which shows its purpose, and the claim that is signed into its token, of either version. */
export function readClaim({ from, url }: MailedLink): FrozenLink {
  const path = new URL(url).pathname;
  const token = path.split('/').at(-1) ?? '';
  const [version, payload = ''] = token.split('.');
  const claim =
    version === 'v1'
      ? (JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as FrozenLink['item']['claim'])
      : claimOfBytes(Buffer.from(token, 'base64url'));
  return { from, item: { path, claim } };
}

/** The parts of a link of version 2 that stand at the same place in every one. */
function claimOfBytes(bytes: Buffer): FrozenLink['item']['claim'] {
  const kind = bytes.readUInt16BE(0) % 16;
  const account = String(bytes.readUIntBE(2, 5)).padStart(12, '0');
  return { kind, account, expires: bytes.readUInt32BE(15) };
}
