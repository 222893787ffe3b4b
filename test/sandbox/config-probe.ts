import {
  ConfigServiceClient,
  GetComplianceDetailsByConfigRuleCommand,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';

/** A rule's function that config-run.test.ts deploys: it reports one user, or fails when its rule is called so. */
interface Event {
  readonly configRuleName: string;
  readonly resultToken: string;
  readonly invokingEvent: string;
}

export const handler = async ({ configRuleName, resultToken, invokingEvent }: Event): Promise<number> => {
  if (configRuleName === 'broken') {
    throw new Error('this rule always fails');
  }
  const { notificationCreationTime } = JSON.parse(invokingEvent) as {
    readonly notificationCreationTime: string;
  };
  const config = new ConfigServiceClient({});
  const ConfigRuleName = configRuleName;
  const { EvaluationResults } = await config.send(
    new GetComplianceDetailsByConfigRuleCommand({ ConfigRuleName }),
  );
  await config.send(
    new PutEvaluationsCommand({
      ResultToken: resultToken,
      Evaluations: [
        {
          ComplianceResourceType: 'AWS::IAM::User',
          ComplianceResourceId: 'AIDAPROBE',
          ComplianceType: 'NON_COMPLIANT',
          OrderingTimestamp: new Date(notificationCreationTime),
        },
      ],
    }),
  );
  return EvaluationResults?.length ?? 0;
};
