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
import type { Evaluation, ShownVerdict } from '../core/config/survey.ts';
import type { Compliance } from '../core/config/verdict.ts';
import { instantOf } from '../core/model/time.ts';

/** AWS Config's resource type for an IAM user. The resource id is the UserId (AIDA…). */
const RESOURCE_TYPE = 'AWS::IAM::User';

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
      const held = new Map<string, ShownVerdict>();
      for await (const page of pages) {
        for (const result of page.EvaluationResults ?? []) {
          const one = heldVerdict(result);
          if (one !== null) {
            held.set(one.userId, one.verdict);
          }
        }
      }
      return held;
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
      return evaluations.filter(({ userId }) => failed.has(userId));
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
function configEvaluation({ userId, compliance, annotation, factsAt }: Evaluation): ConfigEvaluation {
  return {
    ComplianceResourceType: RESOURCE_TYPE,
    ComplianceResourceId: userId,
    ComplianceType: compliance,
    OrderingTimestamp: new Date(factsAt),
    ...(annotation === null ? {} : { Annotation: annotation }),
  };
}

function heldVerdict(
  result: EvaluationResult,
): { readonly userId: string; readonly verdict: ShownVerdict } | null {
  const { EvaluationResultIdentifier, ComplianceType, Annotation, ResultRecordedTime } = result;
  const { EvaluationResultQualifier, OrderingTimestamp } = EvaluationResultIdentifier ?? {};
  const userId = EvaluationResultQualifier?.ResourceId;
  const compliance = SHOWN.find((one) => one === ComplianceType);
  if (userId === undefined || compliance === undefined) {
    return null;
  }
  if (EvaluationResultQualifier?.ResourceType !== RESOURCE_TYPE) {
    return null;
  }
  return {
    userId,
    verdict: {
      compliance,
      annotation: Annotation ?? null,
      factsAt: instantOf(OrderingTimestamp?.getTime() ?? 0),
      recorded: instantOf(ResultRecordedTime?.getTime() ?? 0),
    },
  };
}
