import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/contracts/settings.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const { version: RELEASE } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
  readonly version: string;
};

/** The `require` that CommonJS expects. */
const REQUIRE = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/** The bundles have this file instead of the SDK's chain of credential providers, of which Lambda needs the first. */
const CREDENTIALS = `${ROOT}functions/adapters/environment-credentials.ts`;

export interface SolekeyFunctionProps {
  /** The file in `functions/handlers` that exports `handler`. */
  readonly handler: 'reconcile' | 'approve' | 'sweep' | 'evaluate' | 'witness' | 'health' | 'records';
  readonly description: string;
  readonly timeout: Duration;
  readonly settings: Settings;
  /**
   * True if messages of the function may lead to further runs of itself. Then its code must bound each chain, because
   * Lambda's own guard is off.
   */
  readonly mayCauseItself?: boolean;
  /** True if a dependency is CommonJS and loads modules of Node.js, which a bundle of ES modules alone does not let it. */
  readonly requires?: boolean;
}

/** A permission that a capability gives to a function; `sid` names it in the deployed policy. */
export interface Right {
  readonly sid: string;
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
}

/**
 * One Lambda function with a role and a log group of its own. At first it has only the permission to write its log;
 * every other permission and environment variable comes from a capability's `grant…` method.
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
    // The log is for operators. The record of what happened is in the table, so the log may be deleted with the
    // stack.
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
      // CPU is proportional to memory; 512 MB keeps cold starts short enough for a person who has clicked a link.
      memorySize: 512,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      ...this.jsonFromTheRuntime(),
      ...(props.mayCauseItself === true ? this.withoutLoopGuard() : {}),
      awsSdkConnectionReuse: false,
      bundling: {
        format: OutputFormat.ESM,
        mainFields: ['module', 'main'],
        // Lower than the runtime's level, because the sandbox runs the same bundle on the reader's Node 20.
        target: 'node20',
        bundleAwsSDK: true,
        logLevel: LogLevel.WARNING,
        minify: true,
        // The log has the class names of errors, which minifying would reduce to one letter. Costs 50 kB.
        keepNames: true,
        ...(props.requires === true ? { banner: REQUIRE } : {}),
        esbuildArgs: { '--alias': [`@aws-sdk/credential-provider-node=${CREDENTIALS}`] },
        define: {
          SOLEKEY_SETTINGS_BASE64: `"${encoded(props.settings)}"`,
          SOLEKEY_RELEASE: `"${RELEASE}"`,
        },
      },
    });
    this.allow({
      sid: 'WriteOwnLog',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
  }

  /**
   * Makes Lambda's own log lines JSON as well, but only in the partition `aws`: GovCloud does not support it, and for
   * China it is not documented. Our own lines, from Powertools, are JSON everywhere.
   */
  private jsonFromTheRuntime(): Pick<lambda.FunctionProps, 'loggingFormat'> {
    return Stack.of(this).partition === 'aws' ? { loggingFormat: lambda.LoggingFormat.JSON } : {};
  }

  /**
   * Lambda counts chains by invocation, not by message, so of a batch it might end a chain that is short (fact
   * lambda-recursion). Only in the partition `aws`, because no document says that other partitions know the property.
   */
  private withoutLoopGuard(): Pick<lambda.FunctionProps, 'recursiveLoop'> {
    return Stack.of(this).partition === 'aws' ? { recursiveLoop: lambda.RecursiveLoop.ALLOW } : {};
  }

  allow(right: Right): void {
    this.role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.ALLOW, ...right }));
  }

  /**
   * Allows this in a managed policy of its own, which may have 6,144 characters: for what is too long for the role's own
   * policies, where CDK counts less than is there.
   */
  allowApart(id: string, rights: readonly Right[]): void {
    const statements = rights.map((right) => new iam.PolicyStatement({ effect: iam.Effect.ALLOW, ...right }));
    // Below the role, where findings about its policies are acknowledged.
    new iam.ManagedPolicy(this.role, id, { roles: [this.role], statements });
  }

  /** Denies a permission permanently: a Deny outweighs every other policy of the role. */
  forbid(right: Right): void {
    this.role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, ...right }));
  }

  /**
   * Sets an environment variable, for names and addresses only: Lambda limits all of them together to 4 KB, and the
   * settings need more.
   */
  tell(name: string, value: string): void {
    this.lambda.addEnvironment(name, value);
  }
}

/** Encoded in base64, because JSON would have to survive the quoting of a command line on its way to esbuild. */
function encoded(settings: Settings): string {
  return Buffer.from(JSON.stringify(settings), 'utf8').toString('base64');
}
