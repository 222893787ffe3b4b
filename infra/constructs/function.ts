import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/contracts/settings.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface SolekeyFunctionProps {
  /** The file in `functions/handlers` that exports `handler`. */
  readonly handler: 'reconcile' | 'approve' | 'sweep' | 'evaluate';
  readonly description: string;
  readonly timeout: Duration;
  readonly settings: Settings;
}

/** A right that a capability gives to a function; `sid` names it in the deployed policy. */
export interface Right {
  readonly sid: string;
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
}

/**
 * One Lambda function with a role and a log group of its own. It starts with the right to write its log and
 * nothing else; every other right and environment variable comes from a capability's `grant…` method.
 */
export class SolekeyFunction extends Construct {
  readonly lambda: NodejsFunction;
  readonly role: iam.Role;
  readonly timeout: Duration;

  constructor(scope: Construct, id: string, props: SolekeyFunctionProps) {
    super(scope, id);
    this.timeout = props.timeout;
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: `Solekey ${props.handler}: ${props.description}`,
    });
    // The log is for operators; the record of what happened is the table, so the log may go with the stack.
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.lambda = new NodejsFunction(this, 'Function', {
      description: `Solekey ${props.handler}: ${props.description}`,
      entry: `${ROOT}functions/handlers/${props.handler}.ts`,
      projectRoot: ROOT,
      depsLockFilePath: `${ROOT}package-lock.json`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      // CPU comes with memory; 512 MB keeps cold starts short enough for somebody who clicked a link.
      memorySize: 512,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      ...this.jsonFromTheRuntime(),
      awsSdkConnectionReuse: false,
      bundling: {
        format: OutputFormat.ESM,
        mainFields: ['module', 'main'],
        // Not the runtime's level: the sandbox runs this very bundle on the newcomer's Node 20.
        target: 'node20',
        bundleAwsSDK: true,
        logLevel: LogLevel.WARNING,
        minify: true,
        // The log names errors by their class; minified that would be one letter. Costs 50 kB.
        keepNames: true,
        define: { SOLEKEY_SETTINGS_BASE64: `"${encoded(props.settings)}"` },
      },
    });
    this.allow({
      sid: 'WriteOwnLog',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
  }

  /**
   * What Lambda itself writes as JSON, too, but in the partition `aws` alone: GovCloud has no "JSON log formatting", and
   * of China nothing is known. Our own lines, from Powertools, are JSON everywhere.
   */
  private jsonFromTheRuntime(): Pick<lambda.FunctionProps, 'loggingFormat'> {
    return Stack.of(this).partition === 'aws' ? { loggingFormat: lambda.LoggingFormat.JSON } : {};
  }

  allow(right: Right): void {
    this.role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.ALLOW, ...right }));
  }

  /** Takes a right away for good: a Deny outweighs whatever else the role is ever given. */
  forbid(right: Right): void {
    this.role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, ...right }));
  }

  /** Environment variables hold names and addresses only: Lambda gives them 4 KB in all, settings need more. */
  tell(name: string, value: string): void {
    this.lambda.addEnvironment(name, value);
  }
}

/** Base64, because a JSON text would have to survive the quoting of a command line on its way to esbuild. */
function encoded(settings: Settings): string {
  return Buffer.from(JSON.stringify(settings), 'utf8').toString('base64');
}
