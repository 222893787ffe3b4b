import { expect } from 'vitest';
import { recordDecision } from '../../functions/app/approve/record-decision.ts';
import { keysOfOurs } from '../../functions/core/case/case.ts';
import type { DecisionKind, DecisionReason } from '../../functions/core/case/decision.ts';
import { questionDigest } from '../../functions/core/case/facts.ts';
import { withLaterUses } from '../../functions/core/case/later-uses.ts';
import { activeKeys } from '../../functions/core/model/compliance.ts';
import { knownUse, lastFour } from '../../functions/core/model/observation.ts';
import { isWhollyObserved } from '../../functions/core/model/only.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus, type Seconds, secondsBetween } from '../../functions/core/model/time.ts';
import { NEWER, NOW, OLDER, POLICY, USER_ID, used } from './cases.ts';
import { caseClaimIn } from './claims.ts';
import type { TrueKey, TrueUser } from './iam.ts';
import { memoryList } from './list.ts';
import { memoryReports } from './report.ts';
import { memoryStatementSender } from './statement-store.ts';
import { type MemoryWorld, memoryWorld } from './world.ts';

export const NAME = 'ci-deploy';

/** A key as IAM has it: made some days ago, last used some days ago (null: never). */
export function trueKey(id: string, madeDaysAgo: number, usedDaysAgo: number | null): TrueKey {
  const lastUsed = usedDaysAgo === null ? { kind: 'never' as const } : used(plus(NOW, -usedDaysAgo * DAY));
  return { id, status: 'Active', created: plus(NOW, -madeDaysAgo * DAY), lastUsed };
}

/** The two keys of most stories: the newer one in use, the older one idle for long. */
export const twoKeys = (): TrueKey[] => [trueKey(NEWER, 21, 0.1), trueKey(OLDER, 600, 43)];

/** A world in which one user has these keys. Nobody has looked yet. */
export function worldWith(keys: TrueKey[] = twoKeys(), policy: Partial<Policy> = {}) {
  const m = memoryWorld({ ...POLICY, ...policy });
  const user: TrueUser = { userId: USER_ID, userName: NAME, path: '/', tags: {}, keys };
  m.iam.users.set(USER_ID, user);
  return { m, user };
}

/** Time passes, then the sweep runs: nothing else moves the case. */
export async function later(m: MemoryWorld, seconds: Seconds): Promise<void> {
  m.clock.move(seconds);
  await m.sweep();
}

/** So much time passes, with a run of the sweep after each step of it. */
export async function passing(m: MemoryWorld, seconds: Seconds, step: Seconds = HOUR): Promise<void> {
  for (let gone = 0; gone < seconds; gone += step) {
    await later(m, step);
  }
}

/** The token of the newest mail to somebody that had a link. */
function tokenOf(m: MemoryWorld, recipient: string): string {
  const mail = m.mails.findLast((one) => one.recipient === recipient && one.link !== null);
  return mail?.link?.split('/').at(-1) ?? '';
}

/** What approve has of a world. */
export function portsOf({ world, table, wakes, mailLinks, links, statements }: MemoryWorld) {
  const { clock, log, policy } = world;
  const list = memoryList(() => ({
    cases: [...table.rows.values()].map((row) => ({
      current: row.case,
      usage: table.usages.get(row.case.userId) ?? null,
      about: table.abouts.get(row.case.userId) ?? null,
    })),
    control: table.state.control,
  }));
  const reports = memoryReports();
  const stating = { statements: statements.store, statementWakes: memoryStatementSender() };
  return { links, store: table.approvals, list, clock, log, policy, wakes, mailLinks, reports, ...stating };
}

/** The digest of the page as it is now. */
export function facts(m: MemoryWorld): string {
  const current = m.caseOf(USER_ID);
  return current === null ? '' : questionDigest(current, m.world.policy);
}

/** The keys that the page shows as in use. */
export function inUseOf(m: MemoryWorld): string[] {
  const since = plus(m.clock.now(), -m.world.policy.quietPeriod);
  const row = m.table.rows.get(USER_ID);
  const shown = row === undefined ? [] : withLaterUses(row.case, row.laterUses).keys;
  return shown.flatMap(({ id, status, lastUsed }) =>
    status === 'Active' && (knownUse(lastUsed) ?? '') > since ? [id] : [],
  );
}

/** Somebody answers on the page behind their newest link: keep this one, switch off everything else shown. */
export async function decide(
  m: MemoryWorld,
  by: string,
  keep: string,
  more: {
    readonly inUse?: boolean;
    readonly facts?: string;
    readonly grounds?: { readonly reason: DecisionReason; readonly comment: string };
  } = {},
): Promise<string> {
  const current = m.caseOf(USER_ID);
  const active = current === null ? [] : activeKeys(current.keys).map(({ id }) => id);
  const ours = current === null ? [] : keysOfOurs(current);
  const fours = [...active.filter((id) => id !== keep), ...ours].map(lastFour);
  const { kind } = await recordDecision(portsOf(m), tokenOf(m, by), 'decide', {
    kind: 'keep',
    keep,
    off: { text: fours.join(' '), fours },
    inUse: more.inUse ?? false,
    shownInUse: inUseOf(m),
    facts: more.facts ?? facts(m),
    ...(more.grounds === undefined ? {} : { grounds: more.grounds }),
  });
  return kind;
}

/** Somebody deactivates all keys shown, and knows of their use, on the page of a release that offers these decisions. */
export async function deactivateAll(
  m: MemoryWorld,
  by: string,
  offered: readonly DecisionKind[] = ['keep', 'none'],
): Promise<string> {
  const current = m.caseOf(USER_ID);
  const shown =
    current === null ? [] : [...activeKeys(current.keys).map(({ id }) => id), ...keysOfOurs(current)];
  const fours = shown.map(lastFour);
  const { kind } = await recordDecision({ ...portsOf(m), offered }, tokenOf(m, by), 'decide', {
    kind: 'none',
    off: { text: fours.join(' '), fours },
    inUse: true,
    shownInUse: inUseOf(m),
    facts: facts(m),
  });
  return kind;
}

/** Somebody asks for keys back, through the newest link they have, whichever purpose it is for; on an older page if given. */
export async function restore(
  m: MemoryWorld,
  by: string,
  ...asked: (string | { readonly facts: string })[]
): Promise<string> {
  const keys = asked.flatMap((one) => (typeof one === 'string' ? one : []));
  const page = asked.find((one) => typeof one !== 'string');
  const fours = keys.map(lastFour);
  const token = tokenOf(m, by);
  const path = caseClaimIn(token)?.purpose ?? 'restore';
  const { kind } = await recordDecision(portsOf(m), token, path, {
    kind: 'restore',
    back: { text: fours.join(' '), fours },
    facts: page?.facts ?? facts(m),
  });
  return kind;
}

/** How much of each world's mail was read by {@link scene}. */
const read = new WeakMap<MemoryWorld, { readonly mails: number; readonly news: number }>();

/** What IAM and people see, in one line: phase, keys, and who was told what since the last time it was asked for. */
export function scene(m: MemoryWorld, userId = USER_ID): string {
  const current = m.caseOf(userId);
  const detail = current?.heldFor ?? current?.closedAs ?? null;
  const phase =
    current === null ? 'no case' : detail === null ? current.phase : `${current.phase}(${detail})`;
  const keys = m.iam.users.get(userId)?.keys.map(({ id, status }) => `${lastFour(id)} ${status}`);
  const from = read.get(m) ?? { mails: 0, news: 0 };
  read.set(m, { mails: m.mails.length, news: m.news.length });
  const mails = m.mails.slice(from.mails);
  // Machines are not told of an answer that was dropped.
  const alone = mails.some(({ subject }) => subject.endsWith('was not carried out'))
    ? ['answer-dropped']
    : [];
  const notices = [...alone, ...m.news.slice(from.news).map(({ notice }) => String(notice))];
  const people = [...new Set(mails.map(({ recipient }) => recipient))].sort();
  const told = notices.length + people.length === 0 ? 'silence' : `${notices.join()} to ${people.join()}`;
  return `${phase} | ${keys?.join(', ') ?? 'no user'} | ${told}`;
}

/** Both approvers, as {@link scene} names them. */
export const BOTH = 'platform-lead,sec-lead';

/** What the code asked IAM to change, in order. */
export function writesOf(m: MemoryWorld): string[] {
  const seen: string[] = [];
  m.iam.watchers.push(({ kind, keyId, userName }) => {
    seen.push(`${kind} ${lastFour(keyId)} of ${userName}`);
  });
  return seen;
}

/** Event codes of the user's history, with their details. */
export function eventsOf(m: MemoryWorld): string[] {
  const events = (m.table.history.get(USER_ID) ?? []).flatMap((entry) => entry.events);
  return events.map(({ code, detail }) => (detail === undefined ? code : `${code} ${detail}`));
}

/** Seconds until the next look, as stored. */
export function dueIn(m: MemoryWorld): Seconds | null {
  const at = m.table.rows.get(USER_ID)?.wakeAt ?? null;
  return at === null ? null : secondsBetween(m.clock.now(), at);
}

/** People were told of two active keys. Ends with no mail unread. */
export async function intoQuestion(m: MemoryWorld): Promise<void> {
  await m.wake(NAME);
  await later(m, MINUTE);
  expect(scene(m)).toContain(isWhollyObserved(m.world.policy) ? 'detected to ' : `detected to ${BOTH}`);
}

/** Told, decided, switched off: the older key is in its grace period. Ends with no mail unread. */
export async function intoGrace(m: MemoryWorld, by = 'sec-lead'): Promise<void> {
  await intoQuestion(m);
  expect(await decide(m, by, NEWER)).toBe('recorded');
  await m.sweep();
  expect(scene(m)).toContain(`deactivated to ${BOTH}`);
}
