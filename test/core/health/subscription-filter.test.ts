import { describe, expect, it } from 'vitest';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { filterOf, filterState, type Mailbox } from '../../../functions/core/health/subscription-filter.ts';

const MAILBOX: Mailbox = { address: 'Lead@example.com', ids: ['sec-lead', 'platform-lead'] };
const mark = addressMark('lead@example.com');

describe('the filter of a subscription', () => {
  it('admits only messages for its approvers at its address', () => {
    expect(filterOf(MAILBOX)).toEqual({ address: [mark], recipient: ['sec-lead', 'platform-lead'] });
  });

  it('is the same text whoever sorts its attributes, because SNS compares it', () => {
    const filter = filterOf(MAILBOX);
    expect(Object.keys(filter)).toEqual(Object.keys(filter).sort());
  });

  it.each<[string, unknown, ReturnType<typeof filterState>]>([
    ['ours', filterOf(MAILBOX), 'right'],
    ['ours in another order', { recipient: ['platform-lead', 'sec-lead'], address: [mark] }, 'right'],
    ['without an address', { recipient: ['platform-lead', 'sec-lead'] }, 'former'],
    ['without an address, of one approver', { recipient: ['sec-lead'] }, 'other'],
    ['of another address', { ...filterOf(MAILBOX), address: [addressMark('old@example.com')] }, 'other'],
    ['of several addresses', { ...filterOf(MAILBOX), address: [mark, 'other'] }, 'other'],
    ['of somebody else', { ...filterOf(MAILBOX), recipient: ['boss'] }, 'other'],
    ['with a further condition', { ...filterOf(MAILBOX), kind: ['digest'] }, 'other'],
    ['with a pattern', { ...filterOf(MAILBOX), recipient: [{ prefix: '' }] }, 'other'],
    ['that is no list', { recipient: 'sec-lead' }, 'other'],
    ['that is no JSON', 'odd', 'other'],
    ['that is empty', {}, 'none'],
    ['that does not exist', null, 'none'],
  ])('%s is judged', (_, filter, state) => {
    expect(filterState(filter, MAILBOX)).toBe(state);
  });
});
