import {
  type AdvancedFieldSelector,
  type CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import type { FieldSelector, TrailReading } from '../../core/health/readings.ts';
import { answered } from './not-read.ts';

/** The trails whose events reach the client's Region, those of the organisation and of other Regions included. */
export async function readTrails(cloudTrail: CloudTrailClient): Promise<TrailReading[]> {
  const { trailList = [] } = await answered(
    'cloudtrail:DescribeTrails',
    cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails: true })),
  );
  return Promise.all(trailList.map((trail) => readTrail(cloudTrail, trail)));
}

async function readTrail(cloudTrail: CloudTrailClient, trail: Trail): Promise<TrailReading> {
  // A trail of another Region or account is known here by its ARN only.
  const name = trail.TrailARN ?? trail.Name ?? '';
  const { IsLogging } = await answered(
    'cloudtrail:GetTrailStatus',
    cloudTrail.send(new GetTrailStatusCommand({ Name: name })),
  );
  const { EventSelectors = [], AdvancedEventSelectors = [] } = await answered(
    'cloudtrail:GetEventSelectors',
    cloudTrail.send(new GetEventSelectorsCommand({ TrailName: name })),
  );
  return {
    name: trail.Name ?? name,
    multiRegion: trail.IsMultiRegionTrail === true,
    homeRegion: trail.HomeRegion ?? '',
    globalEvents: trail.IncludeGlobalServiceEvents === true,
    logging: IsLogging === true,
    // The defaults are those of CloudTrail.
    selectors: EventSelectors.map((one) => ({
      management: one.IncludeManagementEvents !== false,
      readWrite: one.ReadWriteType ?? 'All',
      excludedSources: one.ExcludeManagementEventSources ?? [],
    })),
    advanced: AdvancedEventSelectors.map(({ FieldSelectors = [] }) => FieldSelectors.map(fieldOf)),
  };
}

function fieldOf(one: AdvancedFieldSelector): FieldSelector {
  return {
    field: one.Field ?? '',
    equals: one.Equals ?? [],
    startsWith: one.StartsWith ?? [],
    endsWith: one.EndsWith ?? [],
    notEquals: one.NotEquals ?? [],
    notStartsWith: one.NotStartsWith ?? [],
    notEndsWith: one.NotEndsWith ?? [],
  };
}
