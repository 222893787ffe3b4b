import { ConfigRefusal, invalid } from './refusal.ts';

/** One valid entry of PutEvaluations. Times are in milliseconds since 1970. */
export interface Evaluation {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly complianceType: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';
  readonly annotation: string | null;
  readonly orderingTimestamp: number;
}

/** An entry as received. Its times are in seconds, with a fraction. */
type Entry = Readonly<Record<string, unknown>>;

const MOST_ENTRIES = 100;
const LONGEST_ID = 768;
const LONGEST_TYPE = 256;
const LONGEST_ANNOTATION = 256;

/** Reads the entries of one PutEvaluations call. As in AWS, one invalid entry makes the whole call fail. */
export function readEvaluations(given: unknown): readonly Evaluation[] {
  const entries = (given ?? []) as readonly Entry[];
  if (entries.length > MOST_ENTRIES) {
    throw invalid(
      `Value at 'evaluations' failed to satisfy constraint: Member must have length less than or equal to ${MOST_ENTRIES}`,
    );
  }
  return entries.map(readEvaluation);
}

function readEvaluation(entry: Entry, index: number): Evaluation {
  const at = `evaluations.${index + 1}.member`;
  const { ComplianceType, OrderingTimestamp, Annotation } = entry;
  if (typeof OrderingTimestamp !== 'number') {
    throw invalid(`Value at '${at}.orderingTimestamp' failed to satisfy constraint: Member must not be null`);
  }
  return {
    resourceType: text(entry.ComplianceResourceType, `${at}.complianceResourceType`, LONGEST_TYPE),
    resourceId: text(entry.ComplianceResourceId, `${at}.complianceResourceId`, LONGEST_ID),
    complianceType: complianceType(ComplianceType, at),
    annotation: Annotation === undefined ? null : text(Annotation, `${at}.annotation`, LONGEST_ANNOTATION),
    orderingTimestamp: Math.round(OrderingTimestamp * 1_000),
  };
}

function text(given: unknown, at: string, longest: number): string {
  if (typeof given !== 'string') {
    throw invalid(`Value at '${at}' failed to satisfy constraint: Member must not be null`);
  }
  if (given.length < 1 || given.length > longest) {
    const bound = given.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${longest}`;
    throw invalid(`Value at '${at}' failed to satisfy constraint: Member must have length ${bound}`);
  }
  return given;
}

/** Reads the compliance type. INSUFFICIENT_DATA is in the API model, but AWS Config refuses it in evaluations. */
function complianceType(given: unknown, at: string): Evaluation['complianceType'] {
  if (given === 'COMPLIANT' || given === 'NON_COMPLIANT' || given === 'NOT_APPLICABLE') {
    return given;
  }
  if (given === 'INSUFFICIENT_DATA') {
    throw new ConfigRefusal(
      'InvalidParameterValueException',
      'INSUFFICIENT_DATA is not a valid ComplianceType for an evaluation.',
    );
  }
  throw invalid(
    `Value at '${at}.complianceType' failed to satisfy constraint: Member must satisfy enum value set: ` +
      '[COMPLIANT, NON_COMPLIANT, NOT_APPLICABLE, INSUFFICIENT_DATA]',
  );
}
