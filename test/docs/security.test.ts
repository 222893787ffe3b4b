import { describe, expect, it } from 'vitest';
import { neededFor } from '../../functions/core/judge/proof.ts';
import { aCase, inGrace, NOW, OLDER, POLICY, restoringSince } from '../fakes/cases.ts';
import { cellsOf, inBackticks, pageText, section } from './pages.ts';

const security = pageText('SECURITY.md');
const table = cellsOf(section(security, 'Threat model')).slice(1);

describe('the threat model', () => {
  it.each([
    'A stolen link',
    'A mail scanner',
    'Read access to the case table',
    'Write access to the case table',
    'The wake queue: sending',
    'The event queue, and the rules that send to it',
    'The usage queue, or a wrong `USAGE#…` item',
    'Permission to invoke a function',
    'Permission to change a function',
    "An approver's role, and bad intentions",
    'A wish to stop Solekey',
    "Approve's code",
  ])('says of "%s" what stops it and what remains', (threat) => {
    const [row, ...others] = table.filter(([who]) => who?.startsWith(`**${threat}**`));
    expect(others).toEqual([]);
    expect(row?.slice(1).map((cell) => cell.length > 40)).toEqual([true, true]);
  });

  it.each(['deactivate', 'delete', 'reactivate'] as const)(
    'says truly that whoever writes the table needs an answer behind it: to %s',
    (kind) => {
      expect(security).toContain('Before a key is deactivated, deleted or reactivated, reconcile proves');
      const current = inGrace({ restoring: restoringSince(NOW) });
      const needed = neededFor(current, { kind, keyId: OLDER }, POLICY);
      expect(needed).toHaveLength(1);
      expect(neededFor(aCase(), { kind, keyId: OLDER }, POLICY)).toBe(null);
    },
  );

  it('speaks of settings that exist', () => {
    const settings = pageText('docs/settings.md');
    const named = inBackticks(security).filter((words) => /^[a-z]+[A-Z]\w+$/.test(words));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !settings.includes(`\`${name}\``))).toEqual([]);
  });
});
