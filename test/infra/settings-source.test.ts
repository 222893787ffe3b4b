import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node } from 'constructs';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { firstMistake } from '../../infra/json-mistake.ts';
import { readSettings, SettingsRefused } from '../../infra/settings.ts';
import { SETTINGS_FILE } from '../../infra/settings-source.ts';

const LEAD = { id: 'sec-lead', name: 'Security lead', email: 'security@corp.internal' };
const LEAST = { region: 'us-east-1', accountName: 'prod', mode: 'observe', approvers: [LEAD] };

const folder = mkdtempSync(join(tmpdir(), 'solekey-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => rmSync(join(folder, SETTINGS_FILE), { force: true }));

const put = (text: string, name = SETTINGS_FILE) => writeFileSync(join(folder, name), text);
const node = (context: Record<string, unknown>) =>
  ({ tryGetContext: (name: string) => context[name] }) as unknown as Node;
const accountIn = (context: Record<string, unknown> = {}) =>
  readSettings(node(context), folder).settings.accountName;

function refusal(context: Record<string, unknown> = {}): string {
  try {
    readSettings(node(context), folder);
  } catch (error) {
    if (error instanceof SettingsRefused) {
      return error.problems.join('\n');
    }
    throw error;
  }
  return '';
}

describe('settings come from', () => {
  it('the file beside cdk.json, with or without a byte order mark', () => {
    put(JSON.stringify(LEAST));
    expect(accountIn()).toBe('prod');
    put(`\uFEFF${JSON.stringify(LEAST)}`);
    expect(accountIn()).toBe('prod');
  });

  it('another file that is named, whatever is in the one beside cdk.json', () => {
    put('no JSON');
    put(JSON.stringify({ ...LEAST, accountName: 'other' }), 'other.settings.json');
    expect(accountIn({ settings: 'other.settings.json' })).toBe('other');
    expect(accountIn({ settings: join(folder, 'other.settings.json') })).toBe('other');
  });

  it('the context, as an object or as text', () => {
    expect(accountIn({ solekey: LEAST })).toBe('prod');
    expect(accountIn({ solekey: JSON.stringify(LEAST) })).toBe('prod');
  });

  it('the context in the sandbox, whatever the reader deploys from the same folder', () => {
    put('no JSON');
    expect(accountIn({ solekey: LEAST, 'solekey:sandbox': true })).toBe('prod');
  });
});

describe('settings are refused', () => {
  it('without any, with what to do', () => {
    expect(refusal()).toBe(
      'settings: there are none; write them into solekey.settings.json, which begins as a copy of solekey.settings.example.json',
    );
  });

  it('in two places at once, both named', () => {
    put(JSON.stringify(LEAST));
    expect(refusal({ solekey: LEAST })).toBe(
      'settings: there are two sources, solekey.settings.json, and "solekey" in the context (cdk.json or -c solekey); remove one, so that nobody has to guess which counts',
    );
    expect(refusal({ solekey: LEAST, settings: 'a.json' })).toContain('a.json, named by -c settings, and');
  });

  it('where the named file is missing, or is no name', () => {
    expect(refusal({ settings: 'nowhere.json' })).toBe(
      'settings: nowhere.json cannot be read (ENOENT); check the name and its folder',
    );
    expect(refusal({ settings: '.' })).toContain('. cannot be read (EISDIR)');
    expect(refusal({ settings: true })).toBe(
      'settings: must be the name of a file, not true; for example -c settings=prod.settings.json',
    );
    expect(refusal({ settings: '' })).toContain('must be the name of a file, not ""');
  });

  it('that are no JSON, with the place', () => {
    put('{\n  "region": "us-east-1",\n  "mode": observe\n}\n');
    expect(refusal()).toBe(
      'settings: solekey.settings.json is not JSON from line 3, column 11 on; look for a comma or a quote too many or too few',
    );
  });

  it('with the name around them that they have in cdk.json', () => {
    put(JSON.stringify({ solekey: LEAST }));
    expect(refusal()).toBe(
      'settings: solekey.settings.json must hold the settings themselves, without "solekey" around them',
    );
  });

  it('as from any other source, name by name', () => {
    put(JSON.stringify({ ...LEAST, gracePeriod: 'P7D' }));
    expect(refusal()).toContain('gracePeriod: there is no such setting; did you mean grace?');
    put('[]');
    expect(refusal()).toContain('settings: must be a settings object');
  });
});

describe('the first mistake in a text', () => {
  it.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{"a": 1,}', 1, 9],
    ['{"a": 1 "b": 2}', 1, 9],
    ["{'a': 1}", 1, 2],
    ['{"a" 1}', 1, 6],
    ['{\n  "a": "b\n}', 2, 8],
    ['// settings\n{}', 1, 1],
    ['[1, 2,, 3]', 1, 7],
    ['{"a": 01}', 1, 8],
    ['{} {}', 1, 4],
    ['{"a": tru}', 1, 7],
    ['["\\x"]', 1, 2],
  ])('of %j is at line %d, column %d', (text, line, column) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(firstMistake(text)).toEqual({ line, column });
  });

  it('of JSON is its end, and of JSON with one character too many is not behind it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, n) => {
        const lines = text.split('\n');
        const end = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
        expect(firstMistake(text)).toEqual(end);
        const place = n % (text.length + 1);
        const broken = `${text.slice(0, place)}\u0001${text.slice(place)}`;
        expect(firstMistake(broken).column).toBeLessThanOrEqual(place + 1);
      }),
    );
  });
});

it('git ignores the files of settings, and has the example', () => {
  const ignored = readFileSync(join(import.meta.dirname, '../../.gitignore'), 'utf8').split('\n');
  expect(ignored).toContain('*.settings.json');
});
