import { setTimeout as pause } from 'node:timers/promises';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SandboxError } from '../world/say.ts';
import { type Assembly, functionsOf, type Template } from './assembly.ts';
import { registerRule, ruleLiterals } from './config-rule.ts';
import { connectPeople } from './connect.ts';
import { type Deployed, deployedTemplate, putBundles, update } from './deploy.ts';
import type { Launched } from './launch.ts';
import { enforceRights } from './rights.ts';
import { refuseToLoseTables } from './tables.ts';

/**
 * Deploys another release over the running one, piece by piece. CloudFormation updates the resources of a stack one after
 * the other, so for a while functions of both releases run side by side; here a test can stop at each of these moments.
 */
export class Rollout {
  readonly #launched: Launched;
  readonly #assembly: Assembly;
  readonly #template: Template;
  readonly #functions: ReadonlyMap<string, string>;

  private constructor(launched: Launched, assembly: Assembly) {
    this.#launched = launched;
    this.#assembly = assembly;
    this.#template = launched.localise(assembly.template);
    this.#functions = functionsOf(this.#template);
  }

  /** Puts the release's bundles where its template looks for them; nothing else changes yet. */
  static async begin(launched: Launched, assembly: Assembly): Promise<Rollout> {
    if (assembly.stackName !== launched.assembly.stackName) {
      throw new SandboxError(
        `${assembly.stackName} is another stack, not one over ${launched.assembly.stackName}.`,
      );
    }
    await putBundles(launched.clients, assembly);
    return new Rollout(launched, assembly);
  }

  /** Deploys what was launched once more: its bundles are still where its template looks for them. */
  static back(launched: Launched): Rollout {
    return new Rollout(launched, launched.assembly);
  }

  /**
   * Updates everything but the functions that exist already: tables, queues, rules, subscriptions, permissions. Resources
   * that the release no longer has are deleted.
   */
  async surroundings(): Promise<void> {
    const { clients, world, config, front, inbox, sns, leavesPending } = this.#launched;
    const known = new Set((await sns.subscriptions()).map(({ arn }) => arn));
    const before = await this.#deployedTemplate();
    refuseToLoseTables(before, this.#template);
    const kept = [...functionsOf(before).values()].flatMap((id) => {
      const resource = before.Resources[id];
      return resource === undefined ? [] : [[id, resource] as const];
    });
    const Resources = { ...this.#template.Resources, ...Object.fromEntries(kept) };
    const after = await update(clients, this.#assembly, { ...this.#template, Resources });
    const { account, region } = world;
    const { template } = this.#assembly;
    await enforceRights(world, template, after);
    registerRule(config, template, ruleLiterals(template, { account, region }), after);
    const ends = { clients, assembly: this.#assembly, deployed: after, front, inbox, sns };
    await connectPeople(ends, leavesPending ? 'all' : known);
  }

  /** Updates the filters of the mail topic's subscriptions and nothing else. */
  async filters(): Promise<void> {
    const before = await this.#deployedTemplate();
    const changed = Object.entries(this.#template.Resources).filter(
      ([id, { Type }]) => Type === 'AWS::SNS::Subscription' && before.Resources[id] !== undefined,
    );
    const Resources = { ...before.Resources, ...Object.fromEntries(changed) };
    await update(this.#launched.clients, this.#assembly, { ...before, Resources });
  }

  /** Updates the functions of these handlers and nothing else. Returns once new invocations run the new code. */
  async functions(...handlers: readonly string[]): Promise<void> {
    const { clients } = this.#launched;
    const before = await this.#deployedTemplate();
    const changed = handlers.map((handler) => this.#entry(handler));
    const Resources = { ...before.Resources, ...Object.fromEntries(changed) };
    const after = await update(clients, this.#assembly, { ...before, Resources });
    await Promise.all(changed.map(([id]) => this.#untilReady(after, id)));
  }

  #entry(handler: string) {
    const id = this.#functions.get(handler);
    const resource = this.#template.Resources[id ?? ''];
    if (id === undefined || resource === undefined) {
      throw new SandboxError(`The release has no function ${handler}.`);
    }
    return [id, resource] as const;
  }

  #deployedTemplate(): Promise<Template> {
    return deployedTemplate(this.#launched.clients, this.#assembly.stackName);
  }

  async #untilReady({ resources }: Deployed, id: string): Promise<void> {
    const lambda = this.#launched.clients.make(LambdaClient);
    for (;;) {
      const command = new GetFunctionConfigurationCommand({ FunctionName: resources[id] });
      const { LastUpdateStatus, LastUpdateStatusReason } = await lambda.send(command);
      if (LastUpdateStatus === 'Failed') {
        throw new Error(`${id} was not updated: ${LastUpdateStatusReason}`);
      }
      if (LastUpdateStatus === 'Successful') {
        lambda.destroy();
        return;
      }
      await pause(50);
    }
  }
}
