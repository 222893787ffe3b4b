import { addressMark } from '../../functions/core/case/requests.ts';
import { inGrace, NEWER, OLDER, THIRD } from '../fakes/cases.ts';
import {
  answered,
  away,
  CLEAR,
  COMMENT,
  EXCEPTED,
  everybodyReached,
  known,
  ordinary,
  POLICIES,
  paused,
  type Setup,
  SOME_OFF,
  THREE,
  TO_CONFIRM,
  TWO_INACTIVE,
} from './situations.ts';

const CHOSEN = { step: 'check', keep: 'not-now' };
const BOTH = `${NEWER} ${OLDER}`;
const WHY = 'The vendor changes its job in January, and needs both until then.';
const MISTAKEN = { spare: BOTH, until: '2027-02-31', comment: `${COMMENT}!`, stay: 'mple', off: '' };
const ANOTHER = 'f'.repeat(64);
const platform = { recipient: 'platform-lead', address: addressMark('platform@example.com') };

/** The pages that answer a posted form about something that stays as it is until a date, by name. */
export const POSTED_NOT_NOW: Readonly<Record<string, Setup>> = {
  'not now: check': { current: CLEAR, change: ordinary, post: CHOSEN },
  'not now: check, paused, in a zone': {
    current: CLEAR,
    change: paused,
    policy: { digest: { at: { hour: 7, minute: 0 }, zone: 'America/Argentina/Buenos_Aires' } },
    post: CHOSEN,
  },
  'not now: check, a renewal': { current: EXCEPTED, change: everybodyReached, claim: platform, post: CHOSEN },
  'not now: which of three keys': { current: THREE, change: known, post: CHOSEN },
  'not now: check, one of three is deactivated': {
    current: THREE,
    change: known,
    post: { step: 'spare', key: BOTH },
  },
  'not now: one of three in use, not acknowledged (422)': {
    current: THREE,
    post: { spare: `${OLDER} ${THIRD}`, until: '2027-01-31', comment: WHY, off: 'mple', stay: '' },
  },
  'not now: only one of three ticked (422)': { current: THREE, post: { step: 'spare', key: NEWER } },
  'not now: none of three ticked (422)': { current: THREE, post: { step: 'spare' } },
  'not now: every mistake (422)': { current: CLEAR, change: ordinary, post: MISTAKEN },
  'not now: beyond the latest date, no reason (422)': {
    current: CLEAR,
    post: { spare: BOTH, until: '2027-02-22', comment: ' ', stay: 'mple 3qxk', off: '' },
  },
  'not now: the same person renews (422)': { current: EXCEPTED, change: everybodyReached, post: CHOSEN },
  'not now: changed since (409)': {
    post: { ...MISTAKEN, until: '2027-01-31', comment: WHY, facts: ANOTHER },
  },
  'not now: somebody else answered first (409)': {
    current: CLEAR,
    change: answered,
    post: { ...MISTAKEN, until: '2027-01-31', comment: WHY },
  },
  'not now: recorded, but not started': {
    current: CLEAR,
    change: away,
    post: { spare: BOTH, until: '2027-01-31', comment: WHY, stay: 'mple 3qxk', off: '' },
  },
  'not now: through a list (403)': {
    list: 'list',
    row: true,
    current: CLEAR,
    change: ordinary,
    post: CHOSEN,
  },
  'not now: with a link to restore (403)': { claim: { purpose: 'restore' }, post: CHOSEN },
  'delete later: check': { current: inGrace(), post: { step: 'later' } },
  'delete later: check, two keys to confirm': {
    current: TWO_INACTIVE,
    policy: POLICIES.confirm ?? {},
    post: { step: 'later' },
  },
  'delete later: every mistake (422)': {
    current: inGrace(),
    post: { inactive: OLDER, until: '31.1.2027', comment: '...', stay: 'mple' },
  },
  'delete later: recorded, but not started': {
    current: TO_CONFIRM,
    policy: POLICIES.confirm ?? {},
    change: away,
    post: { inactive: OLDER, until: '2027-01-31', comment: WHY, stay: '3qxk' },
  },
  'delete later: with a link to restore (403)': {
    current: SOME_OFF,
    claim: { purpose: 'restore' },
    post: { step: 'later' },
  },
};
