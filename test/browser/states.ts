import { linkPath } from '../../functions/contracts/link.ts';
import { rowPath } from '../../functions/contracts/link-path.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import { offering } from '../../functions/core/page/deactivate-all.ts';
import type { Report } from '../../functions/core/validation/report.ts';
import { buildApp } from '../../functions/web/app.ts';
import { aCase, aDecision, inGrace, NOW, newer, older, USER_ID } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';
import { aReport, aReportRow } from '../fakes/report.ts';
import { POSTED } from './posted.ts';
import { POSTED_NOT_NOW } from './posted-not-now.ts';
import type { Pages } from './serve.ts';
import { SIGNING_OFF } from './signing-off.ts';
import {
  ASKED_AGAIN,
  CLEAR,
  COMPROMISED,
  CONFIRMED,
  commented,
  EVERYTHING_KNOWN,
  EXCEPTED,
  everybodyReached,
  held,
  IN_USE,
  known,
  LONGEST_NAME,
  many,
  ordinary,
  POLICIES,
  PUT_OFF,
  paused,
  ROTATING,
  restoring,
  resultOf,
  type Setup,
  SOME_OFF,
  TO_CONFIRM,
  TOGETHER,
  TWO_INACTIVE,
  together,
  unread,
} from './situations.ts';

/** A page in one of its states. */
export interface State {
  readonly name: string;
  readonly pages: Pages;
  readonly path: string;
}

/** Every page and state, by name. */
const SETUPS: Readonly<Record<string, Setup>> = {
  'decide: a clear question': { current: CLEAR, change: ordinary },
  'decide: both in use': { current: IN_USE },
  'decide: everything known, an alarm': {
    current: EVERYTHING_KNOWN,
    change: known,
    policy: POLICIES.roles ?? {},
  },
  'decide: rotation': { current: ROTATING },
  'decide: asked again, a key inactive already': { current: ASKED_AGAIN },
  'decide: paused': { change: paused },
  'decide: grace': { current: inGrace() },
  'decide: grace, a key unused on the kept one': { current: inGrace(), change: known, policy: { usage: [] } },
  'decide: grace, two keys, each to choose': { current: TWO_INACTIVE, change: known },
  'decide: grace of a compromised key, with the longest comment': { current: COMPROMISED, change: commented },
  'decide: deletion to confirm': { current: TO_CONFIRM, policy: POLICIES.confirm ?? {} },
  'decide: deletion confirmed': { current: CONFIRMED, policy: POLICIES.confirm ?? {} },
  'decide: decided': {
    current: aCase({ phase: 'approved', decision: aDecision({ carriedOutAt: null }) }),
  },
  'decide: restoring': { current: restoring },
  'decide: deleting': { current: inGrace({ deleting: NOW }, { phase: 'deleting' }) },
  'decide: hold, no active key': {
    current: held('no-active-key', { keys: [newer('Inactive'), older('Inactive')] }),
  },
  'decide: hold, restore by hand': { current: held('restore-by-hand') },
  'decide: hold, unknown': { current: aCase({ phase: 'held', heldFor: 'unknown', keys: [newer()] }) },
  'decide: excluded': { current: aCase({ excluded: true, phase: 'excluded' }) },
  'decide: observe mode': { policy: POLICIES.observe ?? {} },
  'decide: closed': { current: aCase({ phase: 'closed', closedAs: 'by-owner', keys: [newer()] }) },
  'decide: no case any more': { current: null },
  'decide: a case of a newer release': { change: unread },
  'decide: link expired (410)': { claim: { expires: plus(NOW, -DAY) } },
  'decide: link expired long ago (410)': { claim: { expires: plus(NOW, -200 * DAY) } },
  'decide: link of somebody who left (403)': { claim: { recipient: 'former', address: '0'.repeat(16) } },
  'restore: grace': { current: inGrace(), claim: { purpose: 'restore' } },
  'restore: deletion to confirm': {
    current: TO_CONFIRM,
    claim: { purpose: 'restore' },
    policy: POLICIES.confirm ?? {},
  },
  'restore: a question': { claim: { purpose: 'restore' } },
  'delete: deletion to confirm': {
    current: TO_CONFIRM,
    claim: { purpose: 'delete' },
    policy: POLICIES.confirm ?? {},
  },
  'delete: a question': { claim: { purpose: 'delete' } },
  'view: a question': { claim: { purpose: 'view' } },
  'view: grace': { current: inGrace(), claim: { purpose: 'view' } },
  'list: many': { list: 'list', current: CLEAR, change: many },
  'list: together': { list: 'list', current: TOGETHER, change: together, policy: { usage: [] } },
  'list: filtered': {
    list: 'list',
    current: TOGETHER,
    change: together,
    query: () => '?confidence=high&privilege=ordinary',
  },
  'list: filtered, nothing left': { list: 'list', current: TOGETHER, query: () => '?age=90' },
  'review: result, some refused': {
    list: 'list',
    current: TOGETHER,
    change: together,
    query: resultOf,
  },
  'list: none': { list: 'list', current: null },
  'list: a clear row': { list: 'list', row: true, current: CLEAR, change: ordinary },
  'list: a row that needs its own link': { list: 'list', row: true, current: IN_USE },
  'list: a row in grace': { list: 'list', row: true, current: inGrace() },
  'list: a row to confirm': { list: 'list', row: true, current: TO_CONFIRM, policy: POLICIES.confirm ?? {} },
  'list-view: many': { list: 'list-view', change: many, policy: POLICIES.observe ?? {} },
  'report: everything': { report: aReport() },
  'report: the longest names': {
    report: aReport({
      rows: [aReportRow({ userName: LONGEST_NAME, owner: LONGEST_NAME, renamedFrom: LONGEST_NAME })],
      owners: [{ owner: LONGEST_NAME, users: 1, more: 1, unknown: 1, openCases: 1 }],
    }),
  },
  'report: old': { report: aReport({ at: plus(NOW, -9 * DAY), rows: [], points: [] }) },
  'report: none yet': { report: null },
  'list-view: a row': { list: 'list-view', row: true, policy: POLICIES.observe ?? {} },
};

/** The pages that take the answers "not now" and "keep inactive until a date". */
const NOT_NOW: Readonly<Record<string, Setup>> = {
  'not now: a clear question': { current: CLEAR, change: ordinary },
  'not now: everything known, an alarm': {
    current: EVERYTHING_KNOWN,
    change: known,
    policy: POLICIES.roles ?? {},
  },
  'not now: an exception': { current: EXCEPTED, change: everybodyReached },
  'not now: an exception, its giver reads': {
    current: EXCEPTED,
    change: everybodyReached,
    claim: { recipient: 'platform-lead', address: addressMark('platform@example.com') },
  },
  'not now: an exception, one of three keys inactive': { current: SOME_OFF, change: known },
  'not now: grace': { current: inGrace() },
  'not now: grace, two keys': { current: TWO_INACTIVE, change: known },
  'not now: grace, put off already': { current: PUT_OFF },
  'not now: deletion to confirm': { current: TO_CONFIRM, policy: POLICIES.confirm ?? {} },
  'not now: an exception with a read-only link': { current: EXCEPTED, claim: { purpose: 'view' } },
};

async function made(name: string, setup: Setup): Promise<State> {
  const world = page(setup.current === undefined ? aCase() : setup.current);
  world.policy = { ...world.policy, ...setup.policy };
  setup.change?.(world);
  // The policy is read when the pages are built, and by the digest of a page's form.
  const offered = setup.notNow === true ? { offered: offering(true) } : {};
  const app = buildApp({ ...world.ports, policy: world.policy, ...offered });
  const { post } = setup;
  const rows = setup.rows?.(world);
  const { report } = setup;
  const fields = (of: Readonly<Record<string, string>>) =>
    report === undefined ? formOf(of, rows ?? null, world.facts()) : statementOf(of, report);
  const pages = post === undefined ? app : answering(app, fields(post));
  if (report !== undefined) {
    world.reports.current = report;
    const path = linkPath(
      'report',
      await world.reportLink(setup.expired === true ? { expires: plus(NOW, -DAY) } : {}),
    );
    return { name, pages, path: `${path}${setup.query?.(world) ?? ''}` };
  }
  if (setup.list === undefined) {
    const token = await world.link(setup.claim);
    return { name, pages, path: linkPath(setup.claim?.purpose ?? 'decide', token) };
  }
  const token = await world.listLink({ purpose: setup.list });
  const path =
    setup.row === true ? rowPath(token, { userId: USER_ID, caseNumber: 3 }) : linkPath(setup.list, token);
  return { name, pages, path: `${path}${setup.query?.(world) ?? ''}` };
}

/** The form that is posted: about one case with its facts, about several with their rows. */
function formOf(
  post: Readonly<Record<string, string>>,
  rows: readonly string[] | null,
  facts: string,
): URLSearchParams {
  if (rows === null) {
    return new URLSearchParams('mail' in post ? { ...post } : { facts, ...post });
  }
  const fields = new URLSearchParams({ ...post });
  for (const row of rows) {
    fields.append('row', row);
  }
  return fields;
}

/** The form that is posted about a report: a sign-off names the one that was shown, unless another is given. */
function statementOf(post: Readonly<Record<string, string>>, report: Report | null): URLSearchParams {
  const names = post.step === 'check' || post.step === 'sign-off';
  return new URLSearchParams({ ...(names ? { report: sha256(JSON.stringify(report)) } : {}), ...post });
}

/** Pages that show the answer to a posted form to whoever opens them. */
function answering(app: Pages, fields: URLSearchParams): Pages {
  return {
    fetch: ({ url, method }) =>
      method === 'GET'
        ? app.fetch(new Request(url, { method: 'POST', body: fields }))
        : app.fetch(new Request(url, { method: 'POST', body: '' })),
  };
}

/** The same with the answers "not now" and "keep inactive until a date" on offer. */
function offers(setups: Readonly<Record<string, Setup>>): Record<string, Setup> {
  return Object.fromEntries(
    Object.entries(setups).map(([name, setup]) => [name, { ...setup, notNow: true }]),
  );
}

/** Every page in every state, each in a world of its own, and the page of an address that is no link. */
export async function everyState(): Promise<State[]> {
  const all = Object.entries({
    ...SETUPS,
    ...SIGNING_OFF,
    ...POSTED,
    ...offers(NOT_NOW),
    ...offers(POSTED_NOT_NOW),
  });
  const states = await Promise.all(all.map(([name, setup]) => made(name, setup)));
  const [{ pages } = { pages: buildApp(page().ports) }] = states;
  return [...states, { name: 'no link (404)', pages, path: '/nowhere' }];
}
