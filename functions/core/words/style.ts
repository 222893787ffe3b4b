import { lastFour, shortKey } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import { unlinked } from './unlinked.ts';
import { list, printable } from './words.ts';

/**
 * The parts of a text that depend on the place where it is read. Every sentence is written for one style and never
 * rewritten.
 */
export interface Style {
  /** A key by its last four characters. */
  readonly key: (keyId: string) => string;
  /** A principal as CloudTrail names it, which is text that other people chose. */
  readonly principal: (createdBy: string) => string;
  /** A person by name, or by id if the name cannot be written in this style. */
  readonly person: (name: string, id: string) => string;
  /** Any other text from outside, such as a network. */
  readonly foreign: (text: string) => string;
}

/** For AWS Config and a terminal, in printable ASCII: `...MPLE`. */
export const PLAIN: Style = {
  key: (keyId) => `...${lastFour(keyId)}`,
  principal: (createdBy) => printable(createdBy, 125),
  person: (name, id) => {
    const plain = printable(name, 60);
    return plain === '' || plain.includes('?') ? id : plain;
  },
  foreign: (text) => text,
};

/** For mails, in which no text from outside becomes a link: `...MPLE`, `role/john[.]smith`. */
export const MAIL: Style = {
  key: PLAIN.key,
  principal: (createdBy) => unlinked(PLAIN.principal(createdBy)),
  person: (name, id) => unlinked(PLAIN.person(name, id)),
  foreign: unlinked,
};

/** For pages, which accept every character: `…MPLE`. */
export const PAGE: Style = {
  key: shortKey,
  principal: (createdBy) => createdBy,
  person: (name) => name,
  foreign: (text) => text,
};

/** An approver's name; the id if the settings no longer have it; `someone` if no id is recorded. */
export function personName(policy: Pick<Policy, 'approvers'>, id: string, style: Style): string {
  const name = policy.approvers.find((approver) => approver.id === id)?.name ?? id;
  return style.person(name, id) || 'someone';
}

/** `...MPLE`, `...MPLE and ...3QXK`, `...MPLE, ...3QXK and ...R7WZ`. */
export function keyList(ids: readonly string[], { key }: Style): string {
  return list(ids.map(key));
}

/** `key ...MPLE`, `keys ...MPLE and ...3QXK`, `no key`. */
export function keysNamed(ids: readonly string[], style: Style): string {
  return ids.length === 0 ? 'no key' : `${byNumber(ids, 'key', 'keys')} ${keyList(ids, style)}`;
}

/** The keys with the verb in singular or plural: `...MPLE is`, `...MPLE and ...3QXK are`. */
export function keysWith(ids: readonly string[], style: Style, one: string, more: string): string {
  return `${keyList(ids, style)} ${byNumber(ids, one, more)}`;
}

/** The singular or plural wording for these keys. */
export function byNumber(ids: readonly unknown[], one: string, more: string): string {
  return ids.length === 1 ? one : more;
}
