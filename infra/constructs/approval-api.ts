import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';

export interface ApprovalApiProps {
  readonly approve: SolekeyFunction;
}

/**
 * The HTTP API behind the links in mails. It is open to the internet: the signature in the link is the only
 * credential.
 */
export class ApprovalApi extends Construct {
  /** The URL of the API, without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApprovalApiProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const api = new HttpApi(this, 'Api', {
      apiName: stack.stackName,
      description: "Solekey: pages behind the links in approvers' mails",
      createDefaultStage: false,
    });
    api.addRoutes({
      path: '/{proxy+}',
      methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST],
      integration: new HttpLambdaIntegration('Approve', props.approve.lambda),
    });
    const logGroup = new LogGroup(this, 'Log', {
      // Log groups to which API Gateway writes share one resource policy of CloudWatch Logs, whose size is limited.
      // Names with this prefix need no entry in it.
      logGroupName: `/aws/vendedlogs/${stack.stackName}/approval-api`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      // Far above what people do, and far below what would cost much or use up the account's concurrency limit.
      throttle: { rateLimit: 20, burstLimit: 40 },
      accessLogSettings: {
        destination: { bind: () => ({ destinationArn: arnOf(logGroup) }) },
        // The path is a link, and whoever has the link can decide. So the log has no path, query or headers.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: AccessLogField.contextRequestId(),
            time: AccessLogField.contextRequestTime(),
            ip: AccessLogField.contextIdentitySourceIp(),
            method: AccessLogField.contextHttpMethod(),
            status: AccessLogField.contextStatus(),
            responseLength: AccessLogField.contextResponseLength(),
          }),
        ),
      },
    });
    this.url = api.apiEndpoint;
    this.watchErrors(props.approve);
  }

  /**
   * An alarm for failed requests, which nobody else would report: people who follow a link and see an error just
   * wait.
   */
  private watchErrors({ lambda }: SolekeyFunction): void {
    new Alarm(this, 'Errors', {
      alarmDescription:
        'Approve failed or timed out, so someone who opened a link saw an error instead of a page. No decision was ' +
        'changed. Read its log, fix the cause, and ask people to try again: their links still work.',
      metric: lambda.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

/** The ARN in the form that API Gateway expects. CloudFormation's own attribute ends in `:*`, as policies need it. */
function arnOf({ logGroupName, stack }: LogGroup): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroupName, arnFormat });
}
