import { linkPath } from '../../functions/contracts/link.ts';
import { rowPath } from '../../functions/contracts/link-path.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { ListPurpose, NewCaseClaim } from '../../functions/core/case/requests.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../functions/core/model/time.ts';
import { buildApp } from '../../functions/web/app.ts';
import { administrator, anAbout } from '../fakes/about.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  restoringSince,
  THIRD,
  toldOf,
  USER_ID,
  used,
} from '../fakes/cases.ts';
import { unreached } from '../fakes/health.ts';
import { type Page, page } from '../fakes/page.ts';
import { family, usage } from '../fakes/usage.ts';
import type { Pages } from './serve.ts';

/** A page in one of its states. */
export interface State {
  readonly name: string;
  readonly pages: Pages;
  readonly path: string;
}

/** The longest user name that IAM knows, with nothing in it at which a line breaks by itself. */
const LONGEST_NAME = `svc_${'payments+reconciliation=worker@'.repeat(2)}`.slice(0, 64);

const KEPT = key(NEWER, 'Active', { created: plus(NOW, -60 * DAY), lastUsed: used(plus(NOW, -2 * HOUR)) });
const IDLE = key(OLDER, 'Active', { created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -240 * DAY)) });
const CLEAR = aCase({ keys: [KEPT, IDLE] });

const IN_USE = aCase({
  keys: [newer(), { ...older(), lastUsed: used(plus(NOW, -HOUR), 'STS') }],
});

const ROTATING = aCase({
  phase: 'rotating',
  keys: [
    key(NEWER, 'Active', { created: plus(NOW, -2 * HOUR) }),
    key(OLDER, 'Active', { created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -HOUR), 'STS') }),
  ],
  rotationFrom: plus(NOW, -2 * HOUR),
});

const ASKED_AGAIN = aCase({
  keys: [newer(), key(THIRD), older('Inactive')],
  progress: { [OLDER]: { deactivated: plus(NOW, -DAY) } },
  askedAgain: { code: 'keys-changed' },
  asking: 3,
});

const TO_CONFIRM = inGrace(
  { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY), ...toldOf(plus(NOW, -2 * DAY)) },
  {
    phase: 'awaiting-confirmation',
    decision: aDecision({ terms: { grace: 7 * DAY, deletion: 'on-confirmation' } }),
  },
);

const CONFIRMED = { ...TO_CONFIRM, decision: aDecision({ confirmed: confirmedAt(NOW) }) };

const EVERYTHING_KNOWN = aCase({
  userName: LONGEST_NAME,
  path: '/services/payments/reconciliation/',
  owners: [
    { key: 'Owner', value: 'payments-reconciliation-on-call@subsidiary.example.com' },
    { key: 'Application', value: 'x'.repeat(120) },
  ],
  origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW } },
  progress: {},
});

type Change = (world: Page) => void;
const POLICIES: Readonly<Record<string, Partial<Policy>>> = {
  observe: { mode: 'observe' },
  confirm: { deletion: 'on-confirmation' },
  roles: { trustedCreators: ['role/*'], usage: [] },
};

function known(world: Page): void {
  world.store.about = anAbout({ privilege: administrator('AdministratorAccess', 'PowerUserAccess') });
  world.store.usage = {
    at: NOW,
    keys: [
      usage([family(), family({ agent: 'github-actions', service: 'ecs' })]),
      usage([family({ agent: 'aws-cli', service: 'sts', last: plus(NOW, -43 * DAY) })], { keyId: OLDER }),
    ],
  };
  world.store.subscriptions = unreached('platform@example.com');
}

const paused: Change = ({ store }) => {
  store.control = { ...store.control, pauses: [{ from: plus(NOW, -HOUR), to: null }] };
};

function ordinary(world: Page): void {
  world.store.about = anAbout();
}

function many(world: Page): void {
  ordinary(world);
  world.list.more = Array.from({ length: 30 }, (_, n) => ({
    current: aCase({
      userId: `AIDA${String(n).padStart(17, '0')}`,
      userName: n === 0 ? LONGEST_NAME : `user-${n}`,
      opened: plus(NOW, n * MINUTE),
      ...(n === 2 ? { phase: 'held', heldFor: 'no-active-key', keys: [] } : {}),
    }),
    usage: null,
    about: anAbout(n === 1 ? { privilege: administrator('AdministratorAccess') } : {}),
  }));
}

function unread(world: Page): void {
  const current = {
    why: 'newer',
    reason: 'heldFor is "quarantined"',
    account: ACCOUNT,
    userId: USER_ID,
    userName: 'ci-deploy',
    number: 3,
  };
  world.ports.store.case = async () =>
    ({ ...world.store, current, usage: null, about: null }) as unknown as Awaited<
      ReturnType<typeof world.ports.store.case>
    >;
}

interface Setup {
  readonly current?: Case | null;
  readonly claim?: Partial<NewCaseClaim>;
  readonly list?: ListPurpose;
  readonly row?: boolean;
  readonly policy?: Partial<Policy>;
  readonly change?: Change;
}

const held = (heldFor: NonNullable<Case['heldFor']>, more: Partial<Case> = {}) =>
  inGrace({}, { phase: 'held', heldFor, ...more });
const restoring = inGrace({ restoring: restoringSince(NOW) });

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
  'decide: link expired': { claim: { expires: plus(NOW, -DAY) } },
  'decide: link expired long ago': { claim: { expires: plus(NOW, -200 * DAY) } },
  'decide: link of somebody who left': { claim: { recipient: 'former', address: '0'.repeat(16) } },
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
  'list: none': { list: 'list', current: null },
  'list: a clear row': { list: 'list', row: true, current: CLEAR, change: ordinary },
  'list: a row that needs its own link': { list: 'list', row: true, current: IN_USE },
  'list: a row in grace': { list: 'list', row: true, current: inGrace() },
  'list: a row to confirm': { list: 'list', row: true, current: TO_CONFIRM, policy: POLICIES.confirm ?? {} },
  'list-view: many': { list: 'list-view', change: many, policy: POLICIES.observe ?? {} },
  'list-view: a row': { list: 'list-view', row: true, policy: POLICIES.observe ?? {} },
};

async function made(name: string, setup: Setup): Promise<State> {
  const world = page(setup.current === undefined ? aCase() : setup.current);
  world.policy = { ...world.policy, ...setup.policy };
  setup.change?.(world);
  // The policy is read when the pages are built, and by the digest of a page's form.
  const pages = buildApp({ ...world.ports, policy: world.policy });
  if (setup.list === undefined) {
    const token = await world.link(setup.claim);
    return { name, pages, path: linkPath(setup.claim?.purpose ?? 'decide', token) };
  }
  const token = await world.listLink({ purpose: setup.list });
  const path =
    setup.row === true ? rowPath(token, { userId: USER_ID, caseNumber: 3 }) : linkPath(setup.list, token);
  return { name, pages, path };
}

/** Every page in every state, each in a world of its own, and the page of an address that is no link. */
export async function everyState(): Promise<State[]> {
  const states = await Promise.all(Object.entries(SETUPS).map(([name, setup]) => made(name, setup)));
  const [{ pages } = { pages: buildApp(page().ports) }] = states;
  return [...states, { name: 'no link', pages, path: '/nowhere' }];
}
