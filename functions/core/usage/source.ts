import type { Source } from './usage.ts';

/** Stands for a source that an event does not name in any known form. */
export const UNKNOWN_NETWORK = 'unknown';

/**
 * The source of a call: the service of AWS that made it, or the network of the address, /24 or /48 of IPv6, which stays the
 * same while addresses change. Private addresses, which calls through a VPC endpoint have, are networks as well.
 */
export function sourceOf(sourceIp: string, invokedBy: string | null): Source {
  const service = serviceOf(invokedBy ?? '') ?? serviceOf(sourceIp);
  if (service !== null) {
    return { kind: 'service', service };
  }
  return { kind: 'network', network: ipv4(sourceIp) ?? ipv6(sourceIp) ?? UNKNOWN_NETWORK };
}

const ENDPOINT = /^([a-z][a-z0-9-]{0,40})(?:\.[a-z0-9-]{1,40}){0,2}\.amazonaws\.com(?:\.cn)?$/;

/** The short name of a service, `aws` if AWS does not say which; null if the text names none. */
function serviceOf(text: string): string | null {
  return text === 'AWS Internal' ? 'aws' : (ENDPOINT.exec(text)?.[1] ?? null);
}

function bytesOf(text: string): readonly number[] | null {
  const [, ...parts] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text) ?? [];
  const bytes = parts.map(Number);
  return bytes.length === 4 && bytes.every((byte) => byte <= 255) ? bytes : null;
}

function ipv4(text: string): string | null {
  const bytes = bytesOf(text.replace(/^::ffff:/i, ''));
  return bytes === null ? null : `${bytes.slice(0, 3).join('.')}.0/24`;
}

/** The number of 16-bit groups in an address of IPv6. */
const GROUPS = 8;

function ipv6(text: string): string | null {
  // The last two groups may be written as an address of IPv4. They are outside of the network in any case.
  const [dotted = ''] = /[\d.]+$/.exec(text) ?? [];
  const grouped = bytesOf(dotted) === null ? text : `${text.slice(0, -dotted.length)}0:0`;
  const [head = '', tail, ...more] = grouped.split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')];
  if (first === null || last === null || more.length > 0) {
    return null;
  }
  const left = GROUPS - first.length - last.length;
  if (tail === undefined ? left !== 0 : left < 1) {
    return null;
  }
  const prefix = [...first, ...Array.from({ length: left }, () => 0), ...last].slice(0, 3);
  const short = prefix.map((group) => group.toString(16)).join(':');
  return `${short.replace(/(?:^|:)0(?::0)*$/, '')}::/48`;
}

function groupsOf(text: string): readonly number[] | null {
  const groups = text === '' ? [] : text.split(':');
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
}

const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/;

/** True for a network inside a VPC, from where calls come through a VPC endpoint. */
export function isInVpc(source: Source): boolean {
  return source.kind === 'network' && PRIVATE.test(source.network);
}

/** Two sources are the same if their texts are. */
export function sourceText(source: Source): string {
  switch (source.kind) {
    case 'network':
      return source.network;
    case 'service':
      return `${source.service} (service)`;
  }
}
