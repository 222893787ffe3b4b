/**
 * Law 8 on everything that release 0.1.0 stored: a field that only a newer release knows, at every level, outlives a pass;
 * and 0.11.0, brought back, reads what this release writes.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseStore } from '../../functions/adapters/case-store.ts';
import { presentNames } from '../../functions/contracts/names.ts';
import { readCase } from '../../functions/contracts/read-case.ts';
import { type Case, keysOfOurs } from '../../functions/core/case/case.ts';
import { answerDigests, factsOf } from '../../functions/core/case/facts.ts';
import {
  entryHash,
  foldHistory,
  type HistoryEntry,
  historyEntry,
} from '../../functions/core/case/history.ts';
import { listRank } from '../../functions/core/case/list-rank.ts';
import { struckOff } from '../../functions/core/case/notices.ts';
import type { Answer, CheckedRequest } from '../../functions/core/case/requests.ts';
import { termsOf } from '../../functions/core/case/terms.ts';
import { judge } from '../../functions/core/judge/judge.ts';
import type { Situation } from '../../functions/core/judge/situation.ts';
import { sameValue } from '../../functions/core/model/digest.ts';
import type { KeyStatus, Observation, ObservedKey } from '../../functions/core/model/observation.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, MINUTE, plus } from '../../functions/core/model/time.ts';
import { atDepth } from '../depth.ts';
import { aCase, aClaim, aDrop, POLICY } from '../fakes/cases.ts';
import { type Item, type Update, updated } from '../fakes/updated.ts';
import { frozen } from './frozen.ts';
import * as reader from './reader-0.11.0.ts';

/** Passes over each stored case. */
const RUNS = { numRuns: atDepth({ sample: 3, share: 6, all: 20 }) };

const release = frozen('0.1.0');
const dynamo = mockClient(DynamoDBDocumentClient);
const store = caseStore(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');

/** The name of a field that no release has. */
const LATER = 'later';

/** Objects whose keys are ids, not names of fields. */
const RECORDS = ['progress', 'origins', 'shownUse', 'announcedTo'];

/** The content with a field of a newer release in every object of it. */
function marked(content: unknown, mark: unknown, name = ''): unknown {
  if (Array.isArray(content)) {
    return content.map((one) => marked(one, mark));
  }
  if (typeof content !== 'object' || content === null) {
    return content;
  }
  const inner = Object.entries(content).map(([field, value]) => [field, marked(value, mark, field)]);
  return { ...Object.fromEntries(inner), ...(RECORDS.includes(name) ? {} : { [LATER]: mark }) };
}

/** The same content without it. */
function unmarked(content: unknown): unknown {
  if (Array.isArray(content)) {
    return content.map(unmarked);
  }
  if (typeof content !== 'object' || content === null) {
    return content;
  }
  const inner = Object.entries(content).filter(([field]) => field !== LATER);
  return Object.fromEntries(inner.map(([field, value]) => [field, unmarked(value)]));
}

/** Objects that are put in the place of others as wholes, once they say something else: nothing of the old one is in them. */
const WHOLE: Readonly<Record<string, readonly string[]>> = {
  lease: ['until', 'by'],
  askedAgain: ['code', 'keyId', 'by'],
  lastUsed: ['kind', 'at'],
  decision: ['digest'],
  confirmed: ['at'],
  restoring: ['at'],
  owed: ['since'],
};

const idOf = (one: unknown) => {
  const { id, digest, kind, recipient } = one as Record<string, unknown>;
  return JSON.stringify(id ?? digest ?? [kind, recipient]);
};

/** Paths of objects that are still there after a pass, and lack the field. */
function lost(before: unknown, after: unknown, path: readonly string[] = []): string[] {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) {
    return [];
  }
  const name = path.at(-1) ?? '';
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.flatMap((one) =>
      lost(
        one,
        after.find((other) => typeof one === 'object' && idOf(other) === idOf(one)),
        path,
      ),
    );
  }
  const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
  if ((WHOLE[name] ?? []).some((field) => was[field] !== is[field])) {
    return [];
  }
  const here = LATER in was && !sameValue(was[LATER], is[LATER]) ? [path.join('.') || 'the case'] : [];
  const inner = Object.entries(was).filter(([field]) => field !== LATER);
  return [...here, ...inner.flatMap(([field, value]) => lost(value, is[field], [...path, field]))];
}

/** A field of this release follows from them, which 0.1.0 did not store and 0.2.0 does not know. */
const TAGS = { Team: 'payments', Owner: '\u202e<alice@example.com>' };

/** What the next look finds in IAM. */
type Looks = 'same' | 'as we asked' | 'one key less' | 'nobody' | 'no answer';

function observation(current: Case, looks: Looks, at: string): Observation {
  const { account, userId, userName, path } = current;
  const about = { account, userId, at };
  if (looks === 'nobody') {
    return { kind: 'missing', ...about };
  }
  if (looks === 'no answer') {
    return { kind: 'unknown', why: 'failed', ...about };
  }
  const keys = unmarked(current.keys) as ObservedKey[];
  const asked = ({ id, status }: ObservedKey): KeyStatus => {
    const { deactivating, restoring } = current.progress[id] ?? {};
    return restoring === undefined ? (deactivating === undefined ? status : 'Inactive') : 'Active';
  };
  const seen = keys.map((key) => ({ ...key, status: looks === 'as we asked' ? asked(key) : key.status }));
  const found = looks === 'one key less' ? seen.slice(0, -1) : seen;
  return { kind: 'user', ...about, userName, path, tags: TAGS, keys: found };
}

/** What somebody answered, under one of the digests of the question as it was put. */
function answer(
  current: Case,
  kind: 'restore' | 'keep' | 'confirm',
  which: 0 | 1,
  at: string,
): CheckedRequest {
  const ours = keysOfOurs(current);
  const [keep = '', ...rest] = current.keys.flatMap(({ id, status }) => (status === 'Active' ? [id] : []));
  const ask: Answer['ask'] =
    kind === 'keep' ? { kind, keep, off: [...rest, ...ours], acknowledged: rest } : { kind, keys: ours };
  const { account, userId, number } = current;
  const digest = [...answerDigests(factsOf(current), [termsOf(POLICY)]).keys()][which] ?? '';
  const claim = aClaim({ account, userId, caseNumber: number, expires: plus(at, DAY) });
  return { request: { digest, at, ask, payload: 'x', proof: 'x' }, claim };
}

const passes = fc.record({
  looks: fc.constantFrom<Looks>('same', 'as we asked', 'one key less', 'nobody', 'no answer'),
  wait: fc.constantFrom(MINUTE, 2 * DAY, 9 * DAY),
  answered: fc.constantFrom(null, 'restore' as const, 'keep' as const, 'confirm' as const),
  which: fc.constantFrom(0 as const, 1 as const),
  observe: fc.boolean(),
  excluded: fc.boolean(),
});

/** Whatever a table can hold; DynamoDB has no negative zero. */
const marks = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

type Pass = typeof passes extends fc.Arbitrary<infer One> ? One : never;

/** The case of an item, as this release reads it. */
function read(item: Item): Case {
  const found = readCase(item);
  if ('unread' in found) {
    throw new Error(found.unread.reason);
  }
  return found.item.case;
}

/** A pass over a stored item, through the store: the item afterwards, and what the table holds beside it. */
async function passOver(item: Item, pass: Pass) {
  const current = read(item);
  const now = plus(current.keysSeenAt, pass.wait);
  const situation: Situation = {
    now,
    policy: {
      ...POLICY,
      mode: pass.observe ? 'observe' : 'enforce',
      exclude: { tag: null, users: pass.excluded ? ['*'] : [] },
    },
    control: UNRESTRICTED,
    current,
    observed: observation(current, pass.looks, now),
    request: pass.answered === null ? null : answer(current, pass.answered, pass.which, now),
    origin: null,
    evidence: {},
    pass: 'pass',
    leaseFor: 90,
    last: null,
  };
  const { next, rule, events } = judge(situation);
  const sent = next === null ? null : struckOff(next, next.owed, now, POLICY, UNRESTRICTED);
  let after = { item, current };
  const entries: HistoryEntry[] = [];
  for (const version of [next, sent]) {
    if (version === null) {
      break;
    }
    const prev = entries.at(-1);
    const why = { at: now, rule, events };
    const entry = historyEntry(
      after.current,
      version,
      why,
      prev === undefined ? String(item.hash) : entryHash(prev),
    );
    dynamo.reset();
    dynamo.on(TransactWriteCommand).resolves({});
    const claim = { budget: null, givenBack: null, control: null, unanswered: [] };
    const beside = { wakeAt: now, failures: 0, decided: version.decision, named: false, ...claim };
    const rank = listRank(version, POLICY);
    await store.commit({ from: after.current.version, next: version, entry, rank, ...beside });
    const [write] = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems ?? [];
    const written = updated(after.item, write?.Update as Update);
    after = { item: JSON.parse(JSON.stringify(written)) as Item, current: version };
    entries.push(entry);
  }
  return { before: current, after: after.item, entries };
}

describe('a field of a newer release', () => {
  it.each(release.cases)(
    'outlives a pass at every level of the case of $from, version $item.version',
    async ({ item }) => {
      await fc.assert(
        fc.asyncProperty(passes, marks, async (pass, mark) => {
          const stored = { ...item, case: marked(item.case, mark), [LATER]: mark };
          const { before, after } = await passOver(stored, pass);
          expect(before).toEqual(stored.case);
          expect(after[LATER]).toEqual(mark);
          const next = read(after);
          // A question that was put anew has a reason of its own, even if it is for the same reason as before.
          const anew = next.toldAt !== before.toldAt || next.asking !== before.asking;
          const same = anew ? { ...before, askedAgain: null } : before;
          expect(lost(same, next)).toEqual([]);
        }),
        RUNS,
      );
    },
  );

  it.each(release.users)(
    'is in the case that the history of $from folds to, then and after a pass',
    async ({ items }) => {
      const item = items.find(({ sk }) => sk === 'CASE');
      const entries = items.flatMap(({ entry }) => (entry === undefined ? [] : [entry as HistoryEntry]));
      await fc.assert(
        fc.asyncProperty(passes, fc.string(), async (pass, mark) => {
          let prev: string | null = null;
          const chain = entries.map((entry) => {
            const changes = marked(entry.changes, mark) as HistoryEntry['changes'];
            const one: HistoryEntry = { ...entry, changes, prev };
            prev = entryHash(one);
            return one;
          });
          const folded = foldHistory(chain, prev, presentNames);
          expect(folded).toEqual(marked(item?.case, mark));
          const { after, entries: more } = await passOver({ ...item, case: folded, hash: prev }, pass);
          const head = (after.hash as string | undefined) ?? null;
          expect(foldHistory([...chain, ...more], head, presentNames)).toEqual(after.case);
        }),
        RUNS,
      );
    },
  );
});

it('the history of a release that calls fields otherwise folds to the names of this one', () => {
  const [first, second] = (release.users[0]?.items ?? []).flatMap(
    ({ entry }) => (entry as HistoryEntry) ?? [],
  );
  if (first === undefined || second === undefined) {
    throw new Error('two entries should be stored');
  }
  const later = { ...second.changes, asking: undefined, questionNumber: 7 };
  const last = { ...second, changes: JSON.parse(JSON.stringify(later)) as HistoryEntry['changes'] };
  const folded = foldHistory([first, last], entryHash(last), presentNames);
  expect(folded).toMatchObject({ asking: 7 });
  expect(folded).not.toHaveProperty('questionNumber');
});

describe('release 0.11.0, brought back, reads what this one writes', () => {
  it('a dropped answer that waits for a digest, which it mails by itself', () => {
    const current = aCase({ dropped: [aDrop({ pooled: true })] });
    const read = reader.caseSchema.parse(current);
    expect(read).toEqual(current);
    expect(read.dropped?.map(({ owed }) => owed)).toEqual([true]);
  });

  it.each(release.cases)('about the case of $from, version $item.version', async ({ item }) => {
    await fc.assert(
      fc.asyncProperty(passes, async (pass) => {
        const { after, entries } = await passOver(item, pass);
        expect(reader.caseSchema.parse(after.case)).toEqual(after.case);
        for (const { changes } of entries) {
          expect(reader.caseSchema.parse({ ...(after.case as object), ...changes })).toBeDefined();
        }
      }),
      RUNS,
    );
  });
});
