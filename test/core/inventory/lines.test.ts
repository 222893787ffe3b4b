import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellText,
  INVENTORY_COLUMNS,
  inventoryCells,
  jsonLine,
  jsonText,
} from '../../../functions/core/inventory/lines.ts';
import { inventoryRow } from '../../../functions/core/inventory/row.ts';
import type { SurveyedUser } from '../../../functions/core/inventory/surveyed.ts';
import { NEWER, NOW, OLDER } from '../../fakes/cases.ts';
import { aged, surveyed } from '../assess/users.ts';

const rowOf = (user: SurveyedUser) =>
  inventoryRow(user, { account: '123456789012', owner: null, fullIds: false, usage: new Map() });

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('JSON', () => {
  it('is one line a user, with the version first', () => {
    const line = jsonLine(rowOf(surveyed('ci', [aged(OLDER, 9, 1)])));
    expect(line).toMatch(/^\{"schema":1,"account":"123456789012","userName":"ci"[^\n]*\}\n$/);
  });

  it('is read back as it was, and has no character in it that is not seen', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.dictionary(text, text), (tags) => {
        const written = jsonText(tags);
        expect(JSON.parse(written)).toEqual(tags);
        expect(written).not.toMatch(UNSEEN);
        expect(JSON.parse(jsonText(tags, 2))).toEqual(tags);
      }),
    );
    expect(jsonText('\u202e\u009b\u{e0001}')).toBe('"\\u202e\\u009b\\udb40\\udc01"');
    expect(jsonText({ a: '\u007f' }, 2)).toBe('{\n  "a": "\\u007f"\n}');
  });
});

describe('the cells of a row', () => {
  it('are those of the columns, each once', () => {
    const cells = inventoryCells(rowOf(surveyed('ci', [aged(OLDER, 9, 1)])));
    expect(Object.keys(cells)).toEqual([...INVENTORY_COLUMNS]);
    expect(new Set(INVENTORY_COLUMNS).size).toBe(INVENTORY_COLUMNS.length);
  });

  it('have the tags that matter in columns of their own', () => {
    const tags = { environment: 'prod', Application: 'shop', CostCenter: '7', other: '=x' };
    expect(inventoryCells(rowOf(surveyed('ci', [], { tags })))).toMatchObject({
      environment: 'prod',
      application: 'shop',
      cost_center: '7',
      privileged: false,
      automation: true,
      certificates: 0,
      service_specific_credentials: 'not known',
      active_keys: 0,
      keys: 0,
      key_1_id: null,
    });
  });

  it('say what was not read', () => {
    const dark = surveyed('dark', [], {
      how: 'unread',
      asOf: null,
      tags: null,
      console: null,
      privilege: { kind: 'unknown', why: 'policies', name: null },
    });
    expect(inventoryCells(rowOf(dark))).toMatchObject({
      environment: null,
      console: 'not known',
      privileged: 'not known',
      automation: 'not known',
      active_keys: 'not read',
      keys: 'not read',
      tags: 'not read',
    });
  });

  it('say of each key when it was used, that it never was, or that this was not read', () => {
    const unread = { ...aged('AKIAIOSFODNN7EXAMPLX', 9, 1), lastUsed: { kind: 'not-read' } } as const;
    const uses = (...keys: SurveyedUser['keys']) => inventoryCells(rowOf(surveyed('ci', keys)));
    expect(uses(aged(OLDER, 9, 0), aged(NEWER, 9, null))).toMatchObject({
      key_1_last_used: NOW,
      key_2_last_used: 'never',
    });
    expect(uses(unread)).toMatchObject({ key_1_last_used: 'not read', key_2_last_used: null });
  });

  it('name the policies that make a user privileged', () => {
    const grant = { kind: 'inline', group: 'ops', scope: 'iam', actions: [] } as const;
    const by = ['a', 'b'].map((policy) => ({ ...grant, policy }));
    const user = surveyed('ci', [], { privilege: { kind: 'administrator', by } });
    expect(inventoryCells(rowOf(user)).privileged_by).toBe(
      'inline policy a through group ops (every action in IAM); inline policy b through group ops (every action in IAM)',
    );
  });

  it('are on one line, whatever somebody wrote', () => {
    expect(cellText('a\r\n\u001b[2Jb\u202e')).toBe('a   [2Jb ');
    const evil = '\u001b[2J\n\u202e';
    const cells = inventoryCells(
      rowOf(surveyed(evil, [], { path: evil, tags: { [evil]: evil, Application: evil } })),
    );
    expect(Object.values(cells).join('')).not.toMatch(UNSEEN);
  });
});
