import { ConfigRefusal, invalid } from './refusal.ts';
import { placeOf, type Result } from './results.ts';

const DEFAULT_LIMIT = 10;
const MOST = 100;
const FILTERS = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'];

/** One page of GetComplianceDetailsByConfigRule. Its token resumes after the last resource shown. */
export function detailsPage(
  ruleName: string,
  results: readonly Result[],
  input: Readonly<Record<string, unknown>>,
): object {
  const limit = readLimit(input.Limit);
  const after = readToken(ruleName, input.NextToken);
  const types = readTypes(input.ComplianceTypes);
  const left = results.filter(
    (result) => placeOf(result) > after && (types.length === 0 || types.includes(result.complianceType)),
  );
  const shown = left.slice(0, limit);
  const last = shown.at(-1);
  const more = last !== undefined && left.length > shown.length;
  return {
    EvaluationResults: shown.map((result) => onWire(ruleName, result)),
    ...(more ? { NextToken: Buffer.from(`${ruleName}\n${placeOf(last)}`).toString('base64url') } : {}),
  };
}

/** Reads the page size. As AWS documents, 0 means the default. */
function readLimit(given: unknown): number {
  const limit = given === undefined || given === 0 ? DEFAULT_LIMIT : Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw invalid(`Value '${String(given)}' at 'limit' failed to satisfy constraint: 0 to ${MOST}`);
  }
  return limit;
}

function readToken(ruleName: string, given: unknown): string {
  if (given === undefined) {
    return '';
  }
  const [madeFor, after] = Buffer.from(String(given), 'base64url').toString('utf8').split('\n');
  if (madeFor !== ruleName || after === undefined) {
    throw new ConfigRefusal('InvalidNextTokenException', 'The specified next token is not valid.');
  }
  return after;
}

function readTypes(given: unknown): readonly string[] {
  const types = (given ?? []) as readonly string[];
  if (!types.every((type) => FILTERS.includes(type))) {
    const message = `Compliance types can be ${FILTERS.join(', ')}.`;
    throw new ConfigRefusal('InvalidParameterValueException', message);
  }
  return types;
}

const seconds = (milliseconds: number): number => milliseconds / 1_000;

function onWire(ruleName: string, result: Result): object {
  return {
    EvaluationResultIdentifier: {
      EvaluationResultQualifier: {
        ConfigRuleName: ruleName,
        ResourceType: result.resourceType,
        ResourceId: result.resourceId,
      },
      OrderingTimestamp: seconds(result.orderingTimestamp),
    },
    ComplianceType: result.complianceType,
    ResultRecordedTime: seconds(result.recordedTime),
    ConfigRuleInvokedTime: seconds(result.invokedTime),
    ...(result.annotation === null ? {} : { Annotation: result.annotation }),
  };
}
