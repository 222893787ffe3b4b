import {
  type Evaluation as ConfigEvaluation,
  type ConfigServiceClient,
  type EvaluationResult,
  LimitExceededException,
  PutEvaluationsCommand,
  paginateGetComplianceDetailsByConfigRule,
  ResourceInUseException,
  StartConfigRulesEvaluationCommand,
} from '@aws-sdk/client-config-service';
import type { ConfigRule, RuleStarter } from '../app/config-ports.ts';
import type { Evaluation, ShownResults, ShownVerdict } from '../core/config/survey.ts';
import type { Compliance } from '../core/config/verdict.ts';
import { instantOf } from '../core/model/time.ts';

/** AWS Config's resource type for an IAM user. The resource id is the UserId (AIDA…). */
const USER = 'AWS::IAM::User';

/** AWS Config's resource type for an account. The resource id is the account's. */
const ACCOUNT = 'AWS::::Account';

/**
 * The compliance types to request, which are also all that counts as shown. Without a filter AWS Config may also list
 * results that do not apply any more, until it has cleaned them up.
 */
const IS_SHOWN = {
  COMPLIANT: true,
  NON_COMPLIANT: true,
  NOT_APPLICABLE: false,
} as const satisfies Record<Compliance, boolean>;

const SHOWN = (Object.keys(IS_SHOWN) as Compliance[]).filter((compliance) => IS_SHOWN[compliance]);

/** Maximum page size of GetComplianceDetailsByConfigRule. */
const PAGE = 100;

export interface RunOfRule {
  readonly ruleName: string;
  readonly token: string;
  /** True if AWS Config only validates the evaluations and stores none of them. */
  readonly test: boolean;
}

/** AWS Config as the rule's function uses it. A result token is valid for one run, so this is created for each run. */
export function configRule(config: ConfigServiceClient, { ruleName, token, test }: RunOfRule): ConfigRule {
  return {
    async shown() {
      const pages = paginateGetComplianceDetailsByConfigRule(
        { client: config, pageSize: PAGE },
        { ConfigRuleName: ruleName, ComplianceTypes: [...SHOWN] },
      );
      const results: EvaluationResult[] = [];
      for await (const page of pages) {
        results.push(...(page.EvaluationResults ?? []));
      }
      return shownResults(results);
    },

    async put(evaluations) {
      if (evaluations.length === 0) {
        return [];
      }
      const { FailedEvaluations } = await config.send(
        new PutEvaluationsCommand({
          ResultToken: token,
          TestMode: test,
          Evaluations: evaluations.map(configEvaluation),
        }),
      );
      const failed = new Set(
        (FailedEvaluations ?? []).map(({ ComplianceResourceId }) => ComplianceResourceId),
      );
      return evaluations.filter((one) => failed.has(resourceOf(one).id));
    },
  };
}

/** Starts the rule in AWS Config, which accepts one start a minute and none while the rule runs. */
export function ruleStarter(config: ConfigServiceClient, ruleName: string): RuleStarter {
  return {
    async start() {
      try {
        await config.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: [ruleName] }));
        return 'started';
      } catch (error) {
        if (error instanceof LimitExceededException || error instanceof ResourceInUseException) {
          return 'busy';
        }
        throw error;
      }
    },
  };
}

/** An evaluation in the form of the API. An empty annotation would be refused, so it is left out. */
function configEvaluation(evaluation: Evaluation): ConfigEvaluation {
  const { compliance, annotation, factsAt } = evaluation;
  const { type, id } = resourceOf(evaluation);
  return {
    ComplianceResourceType: type,
    ComplianceResourceId: id,
    ComplianceType: compliance,
    OrderingTimestamp: new Date(factsAt),
    ...(annotation === null ? {} : { Annotation: annotation }),
  };
}

function resourceOf(evaluation: Evaluation): { readonly type: string; readonly id: string } {
  return 'userId' in evaluation
    ? { type: USER, id: evaluation.userId }
    : { type: ACCOUNT, id: evaluation.account };
}

/** The results of users and of the account; others, of which our rule has none, are left out. */
function shownResults(results: readonly EvaluationResult[]): ShownResults {
  const of = (type: string) =>
    results.flatMap((result): [string, ShownVerdict][] => {
      const qualifier = result.EvaluationResultIdentifier?.EvaluationResultQualifier;
      const verdict = shownVerdict(result);
      return qualifier?.ResourceType !== type || qualifier.ResourceId === undefined || verdict === null
        ? []
        : [[qualifier.ResourceId, verdict]];
    });
  return { users: new Map(of(USER)), account: of(ACCOUNT)[0]?.[1] ?? null };
}

/** Null if the result is not shown. */
function shownVerdict({
  EvaluationResultIdentifier,
  ComplianceType,
  Annotation,
  ResultRecordedTime,
}: EvaluationResult): ShownVerdict | null {
  const compliance = SHOWN.find((one) => one === ComplianceType);
  return compliance === undefined
    ? null
    : {
        compliance,
        annotation: Annotation ?? null,
        factsAt: instantOf(EvaluationResultIdentifier?.OrderingTimestamp?.getTime() ?? 0),
        recorded: instantOf(ResultRecordedTime?.getTime() ?? 0),
      };
}
