import { join } from 'node:path';
import { functionsOf, type Template } from './assembly.ts';
import { deployedTemplate } from './deploy.ts';
import type { Launched } from './launched.ts';
import { startRelease } from './release.ts';
import { Rollout } from './rollout.ts';
import type { SettingsDocument } from './settings.ts';

/** The running deployment with some other settings: in AWS, too, changing a setting is a deployment. */
export interface OtherSettings {
  /** Deploys them, as soon as their template is synthesised. */
  deploy(): Promise<void>;
  /** Deploys the former settings again. */
  deployFormer(): Promise<void>;
  /** Ends the synthesis if it still runs, and removes its files. */
  stop(): Promise<void>;
}

/** Begins to synthesise the stack with these settings instead of those launched. */
export async function startOtherSettings(
  launched: Launched,
  settings: Partial<SettingsDocument>,
): Promise<OtherSettings> {
  const { world, clients, assembly } = launched;
  const making = await startRelease({
    settings: { ...launched.settings, ...settings },
    account: world.account,
    directory: join(world.runDirectory, 'other-settings'),
  });
  making.done.catch(() => undefined);
  const former = await deployedTemplate(clients, assembly.stackName);
  return {
    deploy: async () => rollOut(await Rollout.begin(launched, await making.done), former),
    deployFormer: () => rollOut(Rollout.back(launched), former),
    stop: () => making.stop(),
  };
}

async function rollOut(rollout: Rollout, template: Template): Promise<void> {
  await rollout.surroundings();
  await rollout.functions(...functionsOf(template).keys());
}
