import { ROWS } from '../../functions/core/page/list.ts';
import { aCase, inGrace, NEWER, OLDER, THIRD } from '../fakes/cases.ts';
import {
  ASKED_AGAIN,
  answered,
  away,
  CLEAR,
  COMMENT,
  COMPROMISED,
  commented,
  EVERYTHING_KNOWN,
  IN_USE,
  known,
  ordinary,
  POLICIES,
  paused,
  rowsTogether,
  type Setup,
  TO_CONFIRM,
  TOGETHER,
  TWO_INACTIVE,
  together,
} from './situations.ts';

/** A page of another question, which this one does not remember. */
const ANOTHER = 'f'.repeat(64);
const MISTAKEN = { keep: NEWER, off: 'MPLE', reason: '', comment: `${COMMENT}!` };
const TWO = { step: 'restore', key: `${OLDER} ${THIRD}` };

const again = inGrace({}, { restored: { [OLDER]: 1 } });
const confirm = { current: TO_CONFIRM, policy: POLICIES.confirm ?? {} };
const deletes = { ...confirm, claim: { purpose: 'delete' as const } };

/** The pages that answer a posted form, by name. */
export const POSTED: Readonly<Record<string, Setup>> = {
  'check: as proposed': { current: CLEAR, change: ordinary, post: { step: 'check', keep: NEWER } },
  'check: against the proposal, a key in use': {
    current: CLEAR,
    change: ordinary,
    post: { step: 'check', keep: OLDER },
  },
  'check: everything known, an alarm': {
    current: EVERYTHING_KNOWN,
    change: known,
    policy: POLICIES.roles ?? {},
    post: { step: 'check', keep: OLDER },
  },
  'check: asked again, a key inactive already': {
    current: ASKED_AGAIN,
    post: { step: 'check', keep: NEWER },
  },
  'check: paused': { change: paused, post: { step: 'check', keep: NEWER } },
  'check: every mistake (422)': { current: CLEAR, change: ordinary, post: MISTAKEN },
  'check: a use not acknowledged (422)': {
    current: IN_USE,
    post: { keep: NEWER, off: '3QXK', reason: 'unused', comment: '' },
  },
  'check: through a list': {
    list: 'list',
    row: true,
    current: CLEAR,
    change: ordinary,
    post: { step: 'check', keep: NEWER },
  },
  'review: check': {
    list: 'list',
    current: TOGETHER,
    change: together,
    policy: { usage: [], changesPerHour: 10 },
    rows: rowsTogether,
    post: { step: 'check' },
  },
  'review: check, paused, one that cannot be read': {
    list: 'list',
    current: TOGETHER,
    change: (world) => {
      together(world);
      paused(world);
    },
    rows: (world) => [...rowsTogether(world).slice(0, 4), 'nonsense'],
    post: { step: 'check' },
  },
  'review: every mistake (422)': {
    list: 'list',
    current: TOGETHER,
    change: together,
    rows: (world) => rowsTogether(world).slice(0, 3),
    post: { reason: '', comment: `${COMMENT}!`, count: 'deactivate 1 key' },
  },
  'review: none of them (409)': {
    list: 'list',
    current: TOGETHER,
    change: together,
    rows: (world) => rowsTogether(world).map((row) => row.replace('-3-', '-4-')),
    post: { reason: 'unused', comment: '', count: `deactivate ${ROWS} keys` },
  },
  'review: nobody ticked (422)': { list: 'list', current: TOGETHER, rows: () => [], post: { step: 'check' } },
  'review: too many (422)': {
    list: 'list',
    current: TOGETHER,
    rows: () => Array.from({ length: 500 }, () => 'x'),
    post: { step: 'check' },
  },
  'review: with a link that only shows (409)': {
    list: 'list-view',
    current: TOGETHER,
    rows: rowsTogether,
    post: { step: 'check' },
  },
  'check: deactivate all': { post: { step: 'check', keep: 'none' } },
  'decide: deactivate all, incomplete (422)': {
    post: { none: 'none', off: '3qxk', reason: '', comment: '' },
  },
  'decide: no key chosen (422)': { post: { step: 'check' } },
  'decide: changed since (409)': { post: { ...MISTAKEN, facts: ANOTHER } },
  'decide: somebody else answered first (409)': {
    current: CLEAR,
    change: answered,
    post: { keep: NEWER, off: '3QXK', reason: 'unused', comment: '' },
  },
  'decide: recorded, but not started': {
    current: CLEAR,
    change: away,
    post: { keep: NEWER, off: '3QXK', reason: 'unused', comment: COMMENT },
  },
  'decide: not possible now (409)': { current: inGrace(), post: MISTAKEN },
  'decide: on a closed case (409)': {
    current: aCase({ phase: 'closed', closedAs: 'by-owner' }),
    post: MISTAKEN,
  },
  'restore: decided with the wrong link (403)': {
    current: inGrace(),
    claim: { purpose: 'restore' },
    post: MISTAKEN,
  },
  'restore: second page': {
    current: inGrace(),
    claim: { purpose: 'restore' },
    post: { step: 'restore', key: OLDER },
  },
  'restore: second page of two keys': { current: TWO_INACTIVE, change: known, post: TWO },
  'restore: second page, typed because restored before': {
    current: again,
    claim: { purpose: 'restore' },
    post: { step: 'restore', key: OLDER },
  },
  'restore: second page, typed because compromised': {
    current: COMPROMISED,
    change: commented,
    post: { step: 'restore', key: OLDER },
  },
  'restore: second page through a list, typed': {
    list: 'list',
    row: true,
    current: inGrace(),
    post: { step: 'restore', key: OLDER },
  },
  'restore: typed wrongly (422)': { current: again, post: { restore: OLDER, back: '3QXK' } },
  'restore: none chosen (422)': { current: TWO_INACTIVE, post: { step: 'restore' } },
  'restore: changed since (409)': { current: inGrace(), post: { restore: OLDER, facts: ANOTHER } },
  'restore: recorded, but not started': { current: inGrace(), change: away, post: { restore: OLDER } },
  'delete: four characters without the word (422)': { ...deletes, post: { remove: '3QXK' } },
  'delete: another key (422)': { ...deletes, post: { remove: 'delete MPLE' } },
  'delete: recorded, but not started': { ...deletes, change: away, post: { remove: 'delete 3QXK' } },
  'decide: the link to delete is mailed': { ...confirm, post: { mail: 'row' } },
  'decide: a read-only link is mailed': { post: { mail: 'view' } },
  'list: the link for a user is mailed': { list: 'list', row: true, current: IN_USE, post: { mail: 'row' } },
  'list: the link could not be mailed': { list: 'list', row: true, change: away, post: { mail: 'row' } },
  'list: another choice than the proposal (403)': {
    list: 'list',
    row: true,
    current: CLEAR,
    change: ordinary,
    post: { step: 'check', keep: OLDER },
  },
  'decide: a new link for an expired one': {
    claim: { expires: '2026-11-22T16:10:00.000Z' },
    post: { mail: 'expired' },
  },
  'decide: answered with an expired link (410)': {
    claim: { expires: '2026-11-22T16:10:00.000Z' },
    post: MISTAKEN,
  },
};
