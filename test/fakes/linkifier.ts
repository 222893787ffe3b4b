import { LinkifyIt } from 'linkify-it';

/** Endings that mail programs take for domains, beyond those that the library knows. */
const ENDINGS = ['app', 'cloud', 'dev', 'example', 'io', 'md', 'net', 'sh', 'z', 'zip'];

const LINKIFIER = new LinkifyIt({ fuzzyLink: true, fuzzyIP: true, fuzzyEmail: true }).tlds(ENDINGS, true);

/** The addresses that a mail program makes links of, in the order in which they stand in the text. */
export function linksIn(text: string): string[] {
  return (LINKIFIER.match(text) ?? []).map(({ url }) => url);
}

/** Names that somebody chose so that a mail program makes a link of them. IAM accepts some; storage may hold any. */
export const LINK_NAMES = [
  'evil.example.com',
  'https://evil.example',
  'http://localhost/x',
  'www.evil.io/path',
  'a@evil.example',
  '//evil.example',
  '//localhost',
  'mailto:x@y.z',
  'john.smith.dev',
  '203.0.113.7',
  'a..b.app',
  '.evil.cloud.',
  'curl/8 (+https://evil.example)',
  'arn:aws:sts::123456789012:assumed-role/evil.io/a@evil.example',
  'x[.]y.example.com[//]evil.io',
] as const;
