import { describe, expect, it } from 'vitest';
import { wasSaid } from '../../functions/core/judge/clearance.ts';
import { inGrace, OLDER } from '../fakes/cases.ts';
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
    'Permission to invoke a function',
    'Permission to change a function',
    "An approver's role, and bad intentions",
    "Approve's code",
  ])('says of "%s" what stops it and what remains', (threat) => {
    const [row, ...others] = table.filter(([who]) => who?.startsWith(`**${threat}**`));
    expect(others).toEqual([]);
    expect(row?.slice(1).map((cell) => cell.length > 40)).toEqual([true, true]);
  });

  it('says that whoever writes the table can have a key reactivated for as long as nothing proves that request', () => {
    const proved = !wasSaid(inGrace(), { kind: 'reactivate', keyId: OLDER }, null);
    expect(security.includes('**Reactivating needs no such proof yet**')).toBe(!proved);
    expect(wasSaid(inGrace(), { kind: 'deactivate', keyId: OLDER }, null)).toBe(false);
    expect(wasSaid(inGrace(), { kind: 'delete', keyId: OLDER }, null)).toBe(false);
  });

  it('speaks of settings that exist', () => {
    const settings = pageText('docs/settings.md');
    const named = inBackticks(security).filter((words) => /^[a-z]+[A-Z]\w+$/.test(words));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !settings.includes(`\`${name}\``))).toEqual([]);
  });
});
