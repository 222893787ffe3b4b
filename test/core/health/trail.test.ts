import { describe, expect, it } from 'vitest';
import type { FieldSelector, TrailReading } from '../../../functions/core/health/readings.ts';
import { deliveringTrails, trailProblem } from '../../../functions/core/health/trail.ts';
import { trail, WATCHED } from '../../fakes/health.ts';

const HERE = 'us-east-1';
const delivers = (more: Partial<TrailReading>) => deliveringTrails([trail(more)], HERE, WATCHED).length === 1;

const field = (name: string, more: Partial<FieldSelector>): FieldSelector => ({
  field: name,
  equals: [],
  startsWith: [],
  endsWith: [],
  notEquals: [],
  notStartsWith: [],
  notEndsWith: [],
  ...more,
});
const MANAGEMENT = field('eventCategory', { equals: ['Management'] });
const advanced = (...fields: FieldSelector[]) => delivers({ selectors: [], advanced: [fields] });

describe("a trail delivers IAM's writes", () => {
  it.each<[string, Partial<TrailReading>, boolean]>([
    ['of all Regions', {}, true],
    ['of this Region alone', { multiRegion: false, homeRegion: HERE }, true],
    ['of another Region alone', { multiRegion: false }, false],
    ['without events of global services', { globalEvents: false }, false],
    ['that is stopped', { logging: false }, false],
    ['of writes', { selectors: [{ management: true, readWrite: 'WriteOnly', excludedSources: [] }] }, true],
    ['of reads', { selectors: [{ management: true, readWrite: 'ReadOnly', excludedSources: [] }] }, false],
    ['of data events', { selectors: [{ management: false, readWrite: 'All', excludedSources: [] }] }, false],
    [
      'without KMS',
      { selectors: [{ management: true, readWrite: 'All', excludedSources: ['kms.amazonaws.com'] }] },
      true,
    ],
    [
      'without IAM',
      { selectors: [{ management: true, readWrite: 'All', excludedSources: ['iam.amazonaws.com'] }] },
      false,
    ],
  ])('%s', (_what, more, expected) => {
    expect(delivers(more)).toBe(expected);
  });

  it.each<[string, FieldSelector[], boolean]>([
    ['all management events', [MANAGEMENT], true],
    ['writes', [MANAGEMENT, field('readOnly', { equals: ['false'] })], true],
    ['reads', [MANAGEMENT, field('readOnly', { equals: ['true'] })], false],
    ['data events', [field('eventCategory', { equals: ['Data'] })], false],
    ['all but KMS', [MANAGEMENT, field('eventSource', { notEquals: ['kms.amazonaws.com'] })], true],
    ['all but IAM', [MANAGEMENT, field('eventSource', { notEquals: ['iam.amazonaws.com'] })], false],
    ['all but what begins with iam', [MANAGEMENT, field('eventSource', { notStartsWith: ['iam'] })], false],
    ['all but what ends with .com', [MANAGEMENT, field('eventSource', { notEndsWith: ['.com'] })], false],
    ['sources that begin with iam', [MANAGEMENT, field('eventSource', { startsWith: ['iam.'] })], true],
    ['calls about keys', [MANAGEMENT, field('eventName', { endsWith: ['AccessKey'] })], true],
    ['one call only', [MANAGEMENT, field('eventName', { equals: ['CreateAccessKey'] })], false],
    ['one person', [MANAGEMENT, field('userIdentity.arn', { startsWith: ['arn:'] })], false],
  ])('advanced selectors of %s', (_what, fields, expected) => {
    expect(advanced(...fields)).toBe(expected);
  });
});

it('says which of its conditions no trail meets', () => {
  const problem = (...trails: TrailReading[]) => trailProblem(trails, HERE, WATCHED);
  expect(problem(trail())).toBe(null);
  expect(problem(trail({ multiRegion: false }))).toContain('No CloudTrail trail covers us-east-1');
  expect(problem(trail({ logging: false }))).toContain('is logging');
  expect(problem(trail({ selectors: [] }))).toContain('management write events');
  expect(problem(trail({ logging: false }), trail())).toBe(null);
});
