import { describe, expect, it } from 'vitest';
import { rightsOf, rowsOf } from '../infra/policies.ts';
import { at, synth } from '../infra/synth.ts';
import { cellsOf, pageText } from './pages.ts';

const table = cellsOf(pageText('docs/permissions.md')).slice(1);
const made = synth({ exclude: { tag: { key: 'solekey:exclude', value: 'true' }, users: ['break-glass-*'] } });

const observing = synth({ mode: 'observe' });
const withoutView = synth({ config: 'off' });
const withoutUsage = synth({ usage: 'off' });

/** What the page calls the resources of the template. */
const RESOURCES: Record<string, string> = {
  '<Cases/Table>': 'the case table',
  '<Cases/Table>/index/due': 'the index of due cases',
  '<Cases/Table>/index/list': 'the index of open cases',
  '<Once/Table>': 'the table of handled events',
  '<Wakes/Queue>': 'the wake queue',
  '<Events/Queue>': 'the event queue',
  '<Usage/Queue>': 'the usage queue',
  '<Wakes/DeadLetters/Queue>': "the wake queue's dead-letter queue",
  '<SweepSchedule/DeadLetters/Queue>': "the sweep's dead-letter queue",
  '<ComplianceView/DeadLetters/Queue>': "evaluate's dead-letter queue",
  '<ComplianceView/Rule>': 'the rule in AWS Config',
  '<Inventory/Bucket>': "the inventory's bucket",
  '<Inventory/Bucket>/inventory/*': "the inventory's files",
  '<Inventory/Bucket>/readings/*': "the inventory's files",
  '<RecordsBucket/Bucket>': 'the bucket of records',
  '<RecordsBucket/Bucket>/anchors/*': 'anchors in the bucket of records',
  '<RecordsBucket/Bucket>/orders/live.json': 'the order in the bucket of records',
  '<RecordsBucket/Bucket>/reports/latest.json': 'the latest report in the bucket of records',
  '<RecordsBucket/Bucket>/reports/sign-off.json': 'the state of sign-offs',
  '<RecordsKey/Key>': 'the records key',
  '<Detection/KeyEvents>': "Solekey's four rules in EventBridge",
  '<Detection/ExposedKeys>': "Solekey's four rules in EventBridge",
  '<SweepSchedule/Rule>': "Solekey's four rules in EventBridge",
  '<ComplianceView/Hourly>': "Solekey's four rules in EventBridge",
  '<Inventory/Bucket>/inventory/latest.json': 'the pointer to the latest inventory',
  '<Operators/Topic>': "the operators' topic",
  '<Notices/Data>': 'the data topic',
  'arn:aws:events:us-east-1:<AWS::AccountId>:event-bus/default': 'the default event bus',
  '<Notices/Mail>': 'the mail topic',
  '<Links/Key>': 'the link key',
  'arn:aws:iam::<AWS::AccountId>:user/*': 'every user of the account',
  'arn:aws:iam::<AWS::AccountId>:user/break-glass-*': 'the names in `exclude.users`',
  'arn:aws:iam::<AWS::AccountId>:user/*/break-glass-*': 'the names in `exclude.users`',
  '*': 'everything (IAM offers no narrower resource)',
};

/** Health reads all queues of dead letters, so that its row does not list them. */
function nameOf(fn: string, resource: string): string | undefined {
  if (resource.includes(':event-source-mapping:')) {
    return "Solekey's mappings";
  }
  if (fn === 'Records' && resource.startsWith('<RecordsBucket/Bucket>/')) {
    return 'these in the bucket of records';
  }
  return fn === 'Health' && resource.endsWith('/DeadLetters/Queue>')
    ? 'the dead-letter queues'
    : RESOURCES[resource];
}

/** The permissions of one function as deployed, each as `Allow action action on resource and resource`. */
function deployed(fn: string): string[] {
  const own = Object.values(rightsOf(made, fn));
  const keys = ['Links/Key', 'RecordsKey/Key'].flatMap((key) =>
    Object.values(rowsOf(made, at(made, key).Properties.KeyPolicy))
      .filter(({ principal }) => principal === `<${fn}/Role>`)
      .map((row) => ({ ...row, resources: [`<${key}>`] })),
  );
  return [...own, ...keys]
    .map(({ effect, actions, resources }) => {
      const log = `<${fn}/Log>`;
      const names = resources.map((resource) =>
        resource === log ? 'its own log group' : nameOf(fn, resource),
      );
      return `${effect} ${actions.join(' ')} on ${[...new Set(names)].join(' and ')}`;
    })
    .sort();
}

const EXCEPT = 'every function except witness, health and records';

/** The same, as the page tells it. */
function told(fn: string): string[] {
  return table
    .filter(
      ([who]) =>
        who === 'every function' ||
        (who === EXCEPT && !['Witness', 'Health', 'Records'].includes(fn)) ||
        who?.replace(/ [◆▲]$/, '') === fn.toLowerCase(),
    )
    .map(([, purpose = '', actions = '', on = '']) => {
      const effect = purpose.includes('**never**') ? 'Deny' : 'Allow';
      const names = actions.replaceAll('`', '').split(' ').sort();
      return `${effect} ${names.join(' ')} on ${on.split(', ')[0]}`;
    })
    .sort();
}

describe('the table of permissions', () => {
  it.each(['Reconcile', 'Approve', 'Sweep', 'Evaluate', 'Witness', 'Health', 'Records'])(
    'says of %s exactly what is deployed',
    (fn) => {
      expect(told(fn)).toEqual(deployed(fn));
    },
  );

  it('marks what is not there in observe mode', () => {
    const marked = table.filter(([, purpose]) => purpose?.startsWith('●'));
    const gone = new Set(marked.flatMap(([, , actions = '']) => actions.replaceAll('`', '').split(' ')));
    const left = JSON.stringify(rightsOf(observing, 'Reconcile'));
    for (const action of gone) {
      expect(left).not.toContain(action);
    }
    const kept = Object.values(rightsOf(made, 'Reconcile')).flatMap(({ actions }) => actions);
    expect(kept.filter((action) => !left.includes(action)).sort()).toEqual(
      [...gone, ...gone, ...gone].sort(),
    );
  });

  it('marks what is not there without usage', () => {
    const marked = table.filter((cells) => cells.join().includes('▲'));
    const gone = Object.keys(rightsOf(made, 'Reconcile')).filter(
      (sid) => !(sid in rightsOf(withoutUsage, 'Reconcile')),
    );
    expect(gone.filter((sid) => !sid.startsWith('Never'))).toEqual(['AskUsage']);
    expect(marked.map(([who]) => who)).toEqual(['reconcile', 'witness ▲', 'witness ▲', 'witness ▲']);
    expect(
      table.filter(([who]) => who?.startsWith('witness') && !marked.some((row) => row[0] === who)),
    ).toEqual([]);
    expect(JSON.stringify(withoutUsage.template)).not.toContain('cloudtrail:Look');
  });

  it('marks what is not there without the view in AWS Config', () => {
    const marked = table.filter((cells) => cells.join().includes('◆'));
    const goneOf = (fn: string) =>
      Object.keys(rightsOf(made, fn)).filter((sid) => !(sid in rightsOf(withoutView, fn)));
    expect(goneOf('Evaluate').sort()).toEqual(['PutEvaluations', 'ReadResults']);
    const gone = goneOf('Reconcile');
    // Names are no exclusion by default, so that Deny is not there in either case that matters here.
    expect(gone.filter((sid) => !sid.startsWith('Never'))).toEqual(['RunComplianceRule']);
    expect(new Set(marked.map(([who]) => who))).toEqual(new Set(['reconcile', 'evaluate ◆', 'health']));
    expect(marked.filter(([who]) => who === 'reconcile').map(([, , actions]) => actions)).toEqual([
      '`config:StartConfigRulesEvaluation`',
    ]);
    expect(marked.filter(([who]) => who === 'evaluate ◆').map(([, , actions]) => actions)).toEqual([
      '`config:PutEvaluations`',
      '`config:GetComplianceDetailsByConfigRule`',
    ]);
  });
});
