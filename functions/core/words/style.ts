import { lastFour, shortKey } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import { list, printable } from './words.ts';

/** How a text writes what depends on where it is read. Every sentence is made for one style; none is rewritten later. */
export interface Style {
  /** A key by its last four characters. */
  readonly key: (keyId: string) => string;
  /** A principal as CloudTrail names it: text that other people chose. */
  readonly principal: (createdBy: string) => string;
  /** A person by name, or by id where the name cannot be written in this style. */
  readonly person: (name: string, id: string) => string;
}

/** Mails and AWS Config take printable ASCII only: `...MPLE`. */
export const PLAIN: Style = {
  key: (keyId) => `...${lastFour(keyId)}`,
  principal: (createdBy) => printable(createdBy, 125),
  person: (name, id) => {
    const plain = printable(name, 60);
    return plain === '' || plain.includes('?') ? id : plain;
  },
};

/** Pages take every character: `…MPLE`. */
export const PAGE: Style = { key: shortKey, principal: (createdBy) => createdBy, person: (name) => name };

/** An approver as others know them; the id where the settings no longer name them; `someone` where no id is on record. */
export function personName(policy: Policy, id: string, style: Style): string {
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

/** The keys with a verb that fits their number: `...MPLE is`, `...MPLE and ...3QXK are`. */
export function keysWith(ids: readonly string[], style: Style, one: string, more: string): string {
  return `${keyList(ids, style)} ${byNumber(ids, one, more)}`;
}

/** The wording that fits the number of keys. */
export function byNumber(ids: readonly unknown[], one: string, more: string): string {
  return ids.length === 1 ? one : more;
}
