import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rightsOf, rowsOf } from '../infra/policies.ts';
import { all, at, synth } from '../infra/synth.ts';
import { cellsOf, section, shellBlocks, syntaxProblems } from './pages.ts';

const ROOT = join(import.meta.dirname, '../..');
const operate = readFileSync(join(ROOT, 'docs/operate.md'), 'utf8');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const made = synth({ exclude: { tag: { key: 'solekey:exclude', value: 'true' }, users: ['break-glass-*'] } });

/** What the README calls the resources of the template. */
const RESOURCES: Record<string, string> = {
  '<Cases/Table>': 'the case table',
  '<Cases/Table>/index/due': 'the index of what is due',
  '<Once/Table>': 'the table of handled events',
  '<Wakes/Queue>': 'the wake queue',
  '<Wakes/DeadLetters/Queue>': "the wake queue's dead letters",
  '<SweepSchedule/DeadLetters/Queue>': "the sweep's dead letters",
  '<ComplianceView/DeadLetters/Queue>': "evaluate's dead letters",
  '<ComplianceView/Rule>': 'the rule in AWS Config',
  '<Notices/Data>': 'the data topic',
  '<Notices/Mail>': 'the mail topic',
  '<Links/Key>': 'the link key',
  'arn:aws:iam::<AWS::AccountId>:user/*': 'every user of the account',
  'arn:aws:iam::<AWS::AccountId>:user/break-glass-*': 'the names in `exclude.users`',
  'arn:aws:iam::<AWS::AccountId>:user/*/break-glass-*': 'the names in `exclude.users`',
  '*': 'everything (IAM knows no narrower resource)',
};

/** The rights of one function as deployed, each as `Allow action action on resource and resource`. */
function deployed(fn: string): string[] {
  const own = Object.values(rightsOf(made, fn));
  const key = Object.values(rowsOf(made, at(made, 'Links/Key').Properties.KeyPolicy))
    .filter(({ principal }) => principal === `<${fn}/Role>`)
    .map((row) => ({ ...row, resources: ['<Links/Key>'] }));
  return [...own, ...key]
    .map(({ effect, actions, resources }) => {
      const log = `<${fn}/Log>`;
      const names = resources.map((resource) =>
        resource === log ? 'its own log group' : RESOURCES[resource],
      );
      return `${effect} ${actions.join(' ')} on ${[...new Set(names)].join(' and ')}`;
    })
    .sort();
}

/** The same, as the README tells it. */
function told(fn: string): string[] {
  return cellsOf(section(readme, 'What it may do in your account'))
    .filter(([who]) => who === 'every function' || who?.replace(' ◆', '') === fn.toLowerCase())
    .map(([, may = '', actions = '', on = '']) => {
      const effect = may.includes('**never**') ? 'Deny' : 'Allow';
      const names = actions.replaceAll('`', '').split(' ').sort();
      return `${effect} ${names.join(' ')} on ${on.split(', ')[0]}`;
    })
    .sort();
}

describe("the README's table of rights", () => {
  it.each(['Reconcile', 'Approve', 'Sweep', 'Evaluate'])('says of %s exactly what is deployed', (fn) => {
    expect(told(fn)).toEqual(deployed(fn));
  });

  it('marks what is not there in observe mode', () => {
    const marked = cellsOf(section(readme, 'What it may do in your account')).filter(([, may]) =>
      may?.startsWith('●'),
    );
    const gone = new Set(marked.flatMap(([, , actions = '']) => actions.replaceAll('`', '').split(' ')));
    const left = JSON.stringify(rightsOf(synth({ mode: 'observe' }), 'Reconcile'));
    for (const action of gone) {
      expect(left).not.toContain(action);
    }
    const kept = Object.values(rightsOf(made, 'Reconcile')).flatMap(({ actions }) => actions);
    expect(kept.filter((action) => !left.includes(action)).sort()).toEqual(
      [...gone, ...gone, ...gone].sort(),
    );
  });

  it('marks what is not there without the view in AWS Config', () => {
    const table = cellsOf(section(readme, 'What it may do in your account')).slice(1);
    const marked = table.filter((cells) => cells.join().includes('◆'));
    const withoutView = synth({ config: 'off' });
    expect(all(withoutView, 'AWS::IAM::Role').map(({ path }) => path)).not.toContain('Evaluate/Role');
    const gone = Object.keys(rightsOf(made, 'Reconcile')).filter(
      (sid) => !(sid in rightsOf(withoutView, 'Reconcile')),
    );
    // Names are no exclusion by default, so that Deny is not there in either case that matters here.
    expect(gone.filter((sid) => !sid.startsWith('Never'))).toEqual(['RunComplianceRule']);
    expect(new Set(marked.map(([who]) => who))).toEqual(new Set(['reconcile', 'evaluate ◆']));
    expect(marked.filter(([who]) => who === 'reconcile').map(([, , actions]) => actions)).toEqual([
      '`config:StartConfigRulesEvaluation`',
    ]);
    expect(table.filter(([who]) => who === 'evaluate')).toEqual([]);
  });
});

describe('docs/operate.md', () => {
  it('has one heading for each alarm that exists, and for no other', () => {
    const headings = [...operate.matchAll(/^## `(.+)`$/gm)].map(([, heading]) => heading);
    expect(headings.sort()).toEqual(
      all(made, 'AWS::CloudWatch::Alarm')
        .map(({ path }) => path)
        .sort(),
    );
  });

  it('explains each metric that a function counts, and no other', () => {
    const counted = readdirSync(join(ROOT, 'functions'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(join(ROOT, 'functions', file), 'utf8').matchAll(/\.count\(([^;]*)\);/g),
      ])
      .flatMap(([, argument = '']) => [...argument.matchAll(/'(\w+)'/g)].map(([, name]) => name));
    const explained = [...operate.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
    expect(explained.sort()).toEqual([...new Set(counted)].sort());
  });

  it('names queues, tables and rules by how their names begin', () => {
    const begins = [
      ...operate.matchAll(/\bqueue (\w+)\)|'Solekey-(\w+)'|-prefix Solekey-(\w+)|\bmove (\w+) (\w+)$/gm),
    ].flatMap(([, ...found]) => found.filter((name) => name !== undefined));
    const types = ['AWS::SQS::Queue', 'AWS::DynamoDB::GlobalTable', 'AWS::Events::Rule'];
    const names = Object.entries(made.template.Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id]) => id);
    expect(begins.length).toBeGreaterThan(7);
    for (const begin of begins) {
      expect(
        names.filter((name) => name.startsWith(begin ?? '')),
        begin,
      ).toHaveLength(1);
    }
  });

  it('subscribes an address anew exactly as the template does', () => {
    const [, attributes = ''] = /sns subscribe [^`]*--attributes '(.*)'/.exec(operate) ?? [];
    const { FilterPolicy } = JSON.parse(attributes) as { readonly FilterPolicy: string };
    const [subscription] = all(made, 'AWS::SNS::Subscription');
    expect(JSON.parse(FilterPolicy)).toEqual(subscription?.resource.Properties.FilterPolicy);
    expect(/--protocol (\S+)/.exec(operate)?.[1]).toBe(subscription?.resource.Properties.Protocol);
  });

  it('asks for outputs that the stack has', () => {
    const asked = [...`${operate}\n${readme}`.matchAll(/(?<!-)\boutput (\w+)(?:\)|$)/gm)].map(
      ([, name]) => name ?? '',
    );
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !(name in made.template.Outputs))).toEqual([]);
  });

  it('has commands that a shell can read', () => {
    const blocks = shellBlocks(operate);
    expect(blocks.length).toBeGreaterThan(4);
    expect(blocks.map(syntaxProblems).filter((problem) => problem !== '')).toEqual([]);
  });
});
