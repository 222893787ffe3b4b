import type { LastUsed, ObservedKey } from '../../../../functions/core/model/observation.ts';
import { HOUR, plus } from '../../../../functions/core/model/time.ts';
import type { KeyUsage, Lookup } from '../../../../functions/core/usage/usage.ts';
import { familiesOf, type Setting } from './families.ts';
import type { KeySpec } from './spec.ts';
import { seconds, WINDOW } from './timing.ts';

/** A key of a history, its usage, and its description by its id. */
export interface Made {
  readonly key: ObservedKey;
  readonly usage: KeyUsage;
  readonly described: Readonly<Record<string, string>>;
}

/** The key that a text (spec.ts) tells of. */
export function keyOf([age, lastUse, ...more]: KeySpec, setting: Setting): Made {
  const { draw, clock } = setting;
  const id = `AKIAI44QH8DH${Array.from({ length: 8 }, () => draw.oneOf(LETTERS)).join('')}`;
  const lived = clock.ago(seconds(age));
  const facts = more.filter((text) => !/^(lookup|back|tag):/.test(text));
  const lookup = lookupOf(more, setting);
  const families =
    lookup.kind === 'looked-up' ? facts.flatMap((text) => familiesOf(text, lived, setting)) : [];
  const latestFirst = families.sort((a, b) => (a.last < b.last ? 1 : -1));
  const described = after(more, 'tag:');
  return {
    // IAM shows creation with a resolution of a second.
    key: {
      id,
      status: 'Active',
      created: plus(clock.now, -Math.round(lived)),
      lastUsed: lastUsedOf(lastUse, facts[0], setting),
    },
    usage: { keyId: id, lookup, families: latestFirst },
    described: described === null ? {} : { [id]: described },
  };
}

const LETTERS = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'I',
  'J',
  'K',
  'L',
  'M',
  'N',
  'O',
  'P',
  '2',
  '3',
  '4',
] as const;

/** IAM's last use. Where the prose has it from CloudTrail alone, IAM shows the same time, service and Region. */
function lastUsedOf(text: string, family: string | undefined, { clock, region }: Setting): LastUsed {
  if (text === 'never') {
    return { kind: 'never' };
  }
  if (text === 'unread') {
    return { kind: 'not-read' };
  }
  const [, , services = '?', regions = '?'] = (family ?? '').split(' ');
  const [when = '', service = services, where = regions] = text.split(' ');
  const first = (list: string, open: string) => list.split(/[,:]/)[0]?.replace(/^[?*].*/, open) ?? open;
  return {
    kind: 'used',
    at: plus(clock.now, -Math.round(clock.ago(seconds(when)))),
    service: first(service, 'ec2'),
    region: first(where, region),
  };
}

/** Looked up minutes ago. Of a busy key the samples have gaps from hours or days ago. */
function lookupOf(more: readonly string[], { clock, draw }: Setting): Lookup {
  const failed = after(more, 'lookup:');
  if (failed === 'throttled' || failed === 'denied') {
    return { kind: 'not-looked-up', why: failed };
  }
  const told = after(more, 'back:');
  const reach = told === null ? draw.between(HOUR, WINDOW) : clock.ago(seconds(told));
  return {
    kind: 'looked-up',
    at: plus(clock.now, -draw.between(1, 90)),
    back: plus(clock.now, -Math.round(reach)),
  };
}

function after(more: readonly string[], mark: string): string | null {
  return more.find((text) => text.startsWith(mark))?.slice(mark.length) ?? null;
}
