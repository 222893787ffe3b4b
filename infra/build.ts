/** Builds the CDK app from settings in the context; shared by the command line (`app.ts`) and the tests. */
import { Annotations, App, CfnRule, Fn, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledgeFindings } from './acknowledged.ts';
import { mayChangeKeys } from './constructs/remediation.ts';
import { exampleAddresses, isSandbox, readSettings } from './settings.ts';
import { SolekeyStack } from './stack.ts';

/**
 * Builds the app with the stack and all checks.
 * @param context added to the context that the CDK command line passes on. Tests give all of it, because an app
 * outside the command line does not read cdk.json.
 * @param folder the folder of cdk.json, whose settings file counts; null: only the context does
 * @throws SettingsRefused if the settings must not be deployed
 */
export function buildApp(context: Record<string, unknown> = {}, folder: string | null = null): App {
  const app = new App({ context, autoSynth: false, analyticsReporting: false });
  const { settings, ignored, former, withoutSubscription } = readSettings(app.node, folder);
  // The settings choose the region, whatever the caller's profile says: in another region no event would reach
  // Solekey.
  const account = process.env.CDK_DEFAULT_ACCOUNT;
  const env = { region: settings.region, ...(account ? { account } : {}) };
  const stack = new SolekeyStack(app, 'Solekey', { env, settings, withoutSubscription });

  const unreachable = exampleAddresses(settings);
  if (unreachable.length > 0) {
    const message = `${unreachable.join(', ')}: mail to an example domain is never delivered. Name real approvers before you deploy.`;
    Annotations.of(stack).addWarningV2('solekey:example-approver', message);
    if (!isSandbox(app.node)) {
      refuseToDeploy(stack);
    }
  }
  if (settings.operators === null && mayChangeKeys(settings.mode)) {
    Annotations.of(stack).addWarningV2('solekey:operators', NO_OPERATORS);
  }
  if (ignored.length > 0) {
    const message = `This release does not know these settings, so they have no effect: ${ignored.join(', ')}.`;
    Annotations.of(stack).addWarningV2('solekey:unknown-settings', message);
  }
  if (former.length > 0) {
    Annotations.of(stack).addWarningV2('solekey:former-settings', former.join(' '));
  }
  if (withoutSubscription.length > 0) {
    const message = `This template has no mail subscription for ${withoutSubscription.join(', ')}. ${DEPLOY_AGAIN}`;
    Annotations.of(stack).addWarningV2('solekey:without-subscription', message);
  }
  if (stack.partition === 'aws-cn') {
    Annotations.of(stack).addWarningV2('solekey:icp', ICP_WANTED);
  }
  if (isSandbox(app.node)) {
    const message =
      'solekey:sandbox=true is for the emulated AWS of npm start: it allows a grace under a day and a refresh under a ' +
      `minute (grace is ${settings.grace}). Leave it out when you deploy to AWS.`;
    Annotations.of(stack).addWarningV2('solekey:sandbox', message);
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  acknowledgeFindings(stack, settings);
  return app;
}

const ICP_WANTED =
  'In China, API Gateway needs an ICP licence to answer requests without AWS credentials. Without one, the links in mails do not work.';

const DEPLOY_AGAIN =
  'A subscription that CloudFormation made and that still exists is removed. Deploy again without -c withoutSubscription ' +
  'right afterwards.';

const NO_OPERATORS =
  'Alarms and findings about Solekey itself go to the approvers, because the setting "operators" names nobody. Name the ' +
  'team that would repair it.';

const NAME_APPROVERS =
  'Name your approvers in solekey.settings.json first: mail to an example domain is never delivered.';

/**
 * Makes the template viewable but not deployable: CloudFormation checks its rules before it creates or changes
 * anything. Otherwise a `cdk deploy` of the example would silently replace the settings of last time, in enforce mode.
 */
function refuseToDeploy(stack: Stack): void {
  // A rule must refer to a parameter. The one that CDK adds to every template is a number, so this condition never
  // holds.
  const assert = Fn.conditionEquals(Fn.ref('BootstrapVersion'), 'somebody reads the mail');
  new CfnRule(stack, 'NameYourApprovers', {
    assertions: [{ assert, assertDescription: NAME_APPROVERS }],
  });
}
