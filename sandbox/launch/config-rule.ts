import { lambdaInvoker } from '../gateway/config/invoke.ts';
import { ConfigService } from '../gateway/config/service.ts';
import type { Template } from './assembly.ts';
import type { Deployed } from './deploy.ts';
import type { SettingsDocument } from './settings.ts';

const TYPE = 'AWS::Config::ConfigRule';
const NAME = 'solekey-rule';
const ID = 'config-rule-so1eke';

/** Replacements for references to a resource that is left out: the value of `Ref` and of each attribute. */
export interface Literals {
  readonly Ref: string;
  readonly [attribute: string]: string;
}

/** Replacements for references to the template's rule, by its logical id; empty if there is none. */
export function ruleLiterals(
  template: Template,
  { account, region }: { readonly account: string; readonly region: string },
): Readonly<Record<string, Literals>> {
  const [rule] = rulesOf(template);
  if (rule === undefined) {
    return {};
  }
  const Arn = `arn:aws:config:${region}:${account}:config-rule/${ID}`;
  return { [rule.logicalId]: { Ref: NAME, Arn, ConfigRuleId: ID } };
}

function rulesOf({ Resources }: Template): { readonly logicalId: string; readonly functionId: string }[] {
  const rules = Object.entries(Resources).filter(([, { Type }]) => Type === TYPE);
  if (rules.length > 1) {
    throw new Error(`the sandbox plays one rule in AWS Config, and the template has ${rules.length}`);
  }
  return rules.map(([logicalId, { Properties }]) => {
    const { SourceIdentifier } = (Properties?.Source ?? {}) as { readonly SourceIdentifier?: unknown };
    const { 'Fn::GetAtt': attribute } = (SourceIdentifier ?? {}) as {
      readonly 'Fn::GetAtt'?: readonly string[];
    };
    if (attribute?.[1] !== 'Arn' || attribute[0] === undefined) {
      throw new Error(`the rule ${logicalId} runs no function of the template`);
    }
    return { logicalId, functionId: attribute[0] };
  });
}

/** Registers the template's rule, if any, with the emulated AWS Config, unless it runs that function already. */
export function registerRule(
  config: ConfigService,
  template: Template,
  literals: Readonly<Record<string, Literals>>,
  { resources }: Deployed,
): void {
  for (const { logicalId, functionId } of rulesOf(template)) {
    const functionName = resources[functionId];
    if (functionName === undefined) {
      throw new Error(`the function ${functionId} of the rule was not deployed`);
    }
    const literal = literals[logicalId];
    if (config.rule?.functionName !== functionName) {
      config.register({
        name: literal?.Ref ?? '',
        arn: literal?.Arn ?? '',
        id: literal?.ConfigRuleId ?? '',
        functionName,
      });
    }
  }
}

export interface StartedConfig {
  readonly service: ConfigService;
  stop(): Promise<void>;
}

export interface StartConfigOptions {
  readonly account: string;
  readonly region: string;
  readonly ministackPort: number;
  readonly settings: SettingsDocument;
}

/**
 * Starts AWS Config without a rule. It accepts starts on request as often as the product makes them, at most once a
 * minute as in AWS.
 */
export function startConfig({ account, region, ministackPort, settings }: StartConfigOptions): StartedConfig {
  const invoker = lambdaInvoker(`http://127.0.0.1:${ministackPort}`, region);
  const { refreshEvery } = (settings.config ?? {}) as { readonly refreshEvery?: unknown };
  return {
    service: new ConfigService({
      account,
      invoke: invoker.invoke,
      startEverySeconds: Math.min(secondsOf(refreshEvery), 60),
    }),
    async stop() {
      invoker.stop();
    },
  };
}

/** Seconds in a short duration (`PT1M`, `PT3S`); AWS's minute for anything else. */
function secondsOf(duration: unknown): number {
  const [, minutes, seconds] = /^PT(?=\d)(?:(\d+)M)?(?:(\d+)S)?$/.exec(String(duration)) ?? [];
  return minutes === undefined && seconds === undefined
    ? 60
    : Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}
