import { describe, expect, it } from 'vitest';
import { INVENTORY_SCHEMA, inventoryRow, type RowContext } from '../../../functions/core/inventory/row.ts';
import { slotId } from '../../../functions/core/inventory/surveyed.ts';
import type { KeyUsage } from '../../../functions/core/usage/usage.ts';
import { NEWER, NOW, OLDER } from '../../fakes/cases.ts';
import { aged, surveyed } from '../assess/users.ts';

const keys = [aged(OLDER, 600, 43), aged(NEWER, 90, null, 'Inactive')];
const CONTEXT: RowContext = { account: '123456789012', owner: 'payments', fullIds: false, usage: new Map() };

describe('a row of the inventory', () => {
  it('has everything that is known of a user, with the tags that matter first', () => {
    const tags = { zone: 'b', owner: 'payments', Environment: 'prod', team: 'x', CostCenter: '7' };
    const row = inventoryRow(surveyed('ci', keys, { tags, path: '/service/' }), CONTEXT);
    expect(row).toMatchObject({
      account: '123456789012',
      userName: 'ci',
      owner: 'payments',
      privileged: false,
      privilege: 'ordinary',
      privilegedBy: [],
      automation: true,
      automationBy: 'path',
      otherCredentials: { certificates: 0, serviceSpecific: null },
      read: 'live',
      asOf: NOW,
      activeKeys: 1,
    });
    expect(Object.keys(row.tags ?? {})).toEqual(['Environment', 'owner', 'CostCenter', 'zone', 'team']);
    expect(INVENTORY_SCHEMA).toBe(1);
  });

  it('keeps what is not known apart from what is not', () => {
    const dark = surveyed(
      'dark',
      [{ ...aged(OLDER, 9, 1), lastUsed: { kind: 'not-read' } }, aged(NEWER, 9, null)],
      {
        tags: null,
        console: null,
        privilege: { kind: 'unknown', why: 'policies', name: null },
      },
    );
    const row = inventoryRow(dark, CONTEXT);
    expect(row).toMatchObject({ tags: null, privileged: null, automation: null, automationBy: null });
    expect(row.keys.map(({ lastUsed, lastUsedKnown }) => [lastUsed, lastUsedKnown])).toEqual([
      [null, false],
      [null, true],
    ]);
  });

  it('names the policies that make a user privileged', () => {
    const by = [
      { policy: 'p', kind: 'inline', group: null, scope: 'iam', actions: ['iam:PutUserPolicy'] },
    ] as const;
    const row = inventoryRow(surveyed('root', [], { privilege: { kind: 'can-become', by } }), CONTEXT);
    expect(row).toMatchObject({ privileged: true, privilege: 'can-become', privilegedBy: by });
  });

  it('shows whole key ids only if asked', () => {
    const ids = (fullIds: boolean) =>
      inventoryRow(surveyed('ci', keys), { ...CONTEXT, fullIds }).keys.map(({ id }) => id);
    expect(ids(true)).toEqual([OLDER, NEWER]);
    expect(ids(false).every((id) => /^…\w{4}$/.test(id))).toBe(true);
    const [slot] = inventoryRow(surveyed('ci', [{ ...aged(OLDER, 9, 1), id: slotId(1) }]), CONTEXT).keys;
    expect(slot?.id).toBe('key 1');
  });

  it('has the usage of a key that was looked up, and null for every other', () => {
    const family = {
      source: { kind: 'network', network: '203.0.113.0/24' },
      agent: 'boto3',
      service: 'sts',
      region: 'eu-west-1',
      first: NOW,
      last: NOW,
      count: 3,
      errors: 0,
      writes: 0,
    } as const;
    const usage = new Map<string, KeyUsage>([
      [OLDER, { keyId: OLDER, lookup: { kind: 'looked-up', at: NOW, back: NOW }, families: [family] }],
      [NEWER, { keyId: NEWER, lookup: { kind: 'not-looked-up', why: 'throttled' }, families: [] }],
    ]);
    const row = inventoryRow(surveyed('ci', [...keys, aged('AKIAIOSFODNN7EXAMPLX', 9, 1)]), {
      ...CONTEXT,
      usage,
    });
    expect(row.keys.map((key) => key.usage)).toEqual([
      { at: NOW, back: NOW, families: [family] },
      null,
      null,
    ]);
  });
});
