import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consumersOf, type Workload } from '../../../functions/core/usage/kind.ts';
import { AGENTS, type Agent, type Family } from '../../../functions/core/usage/usage.ts';
import { family } from '../../fakes/usage.ts';

const at = (network: string, agent: Agent): Family => family({ source: { kind: 'network', network }, agent });
const [HERE, THERE, VPC] = ['203.0.113.0/24', '198.51.100.0/24', '10.0.3.0/24'];
const service = (name: string) => family({ source: { kind: 'service', service: name }, agent: 'other' });

describe('consumers', () => {
  it.each<[string, readonly Family[], readonly Workload[], boolean]>([
    ['nothing', [], [], false],
    ['a program', [at(HERE, 'boto3')], ['program'], false],
    ['a CI job, whatever it calls with', [at(HERE, 'aws-cli'), at(HERE, 'github-actions')], ['ci'], false],
    ['a job and a laptop', [at(HERE, 'github-actions'), at(THERE, 'aws-cli')], ['ci', 'person'], true],
    ['a program and a person at one place', [at(HERE, 'aws-cli'), at(HERE, 'sdk-go')], ['program'], false],
    ['a program at two places', [at(HERE, 'boto3'), at(THERE, 'boto3')], ['program'], false],
    ['a machine', [at(VPC, 'boto3')], ['machine'], false],
    ['a function in a VPC', [at(VPC, 'lambda')], ['lambda'], false],
    ['a service beside a program', [service('athena'), at(HERE, 'boto3')], ['service', 'program'], false],
    ['a scanner beside a program', [at(THERE, 'scanner'), at(HERE, 'boto3')], ['scanner', 'program'], false],
    ['something unknown', [at(HERE, 'other')], ['unknown'], false],
  ])('%s', (_, families, kinds, shared) => {
    expect(consumersOf(families)).toEqual({ kinds, shared, managedByCode: [] });
  });

  it('name the tools by which infrastructure is managed as code, each once', () => {
    const families = [
      at(HERE, 'terraform'),
      at(THERE, 'terraform'),
      service('cloudformation'),
      at(HERE, 'cdk'),
    ];
    expect(consumersOf(families)).toEqual({
      kinds: ['deployment', 'service'],
      shared: false,
      managedByCode: ['terraform', 'cloudformation', 'cdk'],
    });
  });

  it('have at most one kind for each source, whoever calls', () => {
    const some = fc.record({ network: fc.constantFrom(HERE, THERE, VPC), agent: fc.constantFrom(...AGENTS) });
    fc.assert(
      fc.property(fc.array(some), (calls) => {
        const { kinds } = consumersOf(calls.map(({ network, agent }) => at(network, agent)));
        expect(kinds.length).toBeLessThanOrEqual(new Set(calls.map(({ network }) => network)).size);
      }),
    );
  });
});
