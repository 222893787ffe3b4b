import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Front, startFront } from '../front/server.ts';
import type { ConfigService } from '../gateway/config/service.ts';
import { Inbox } from '../inbox/inbox.ts';
import type { WorldPorts } from '../world/ports.ts';
import { PENDING_SECONDS, Sns } from '../world/sns.ts';
import { startWorld, type World } from '../world/world.ts';
import type { Assembly, Template } from './assembly.ts';
import { type Clients, clientsOf } from './clients.ts';
import { registerRule, ruleLiterals, startConfig } from './config-rule.ts';
import { startConfigSchedule } from './config-schedule.ts';
import { connectPeople } from './connect.ts';
import { type Deployed, deploy } from './deploy.ts';
import { writeDifferences } from './differences.ts';
import { type Invoked, startInvoking } from './invoked.ts';
import type { Launched, LaunchOptions } from './launched.ts';
import { type Difference, type Localised, localise } from './localise.ts';
import { SHORT_PACE } from './pace.ts';
import { choosePortsWithPages } from './ports.ts';
import { startRelease } from './release.ts';
import { enforceRights } from './rights.ts';
import { type SettingsDocument, SHORT_SETTINGS } from './settings.ts';
import { startTrail } from './trail.ts';

const DIRECTORY = fileURLToPath(new URL('../../.sandbox', import.meta.url));

export type { Launched, LaunchOptions } from './launched.ts';

const VISIBILITY_SECONDS = 2;
const SWEEP_EVERY_MS = 1_000;
const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
const PLACE = { account: ACCOUNT, region: REGION };

/** Starts everything. If it rejects, nothing is left running. */
export async function launchWorld(options: LaunchOptions): Promise<Launched> {
  const launch = new Launch(options);
  try {
    return await launch.run();
  } catch (error) {
    await launch.stop();
    throw error;
  }
}

type Stopping = () => Promise<void>;

class Launch {
  readonly #options: LaunchOptions;
  readonly #directory: string;
  readonly #began = Date.now();
  #started: Stopping[] = [];
  #forgetAssembly: Stopping = async () => undefined;

  constructor(options: LaunchOptions) {
    this.#options = options;
    this.#directory = options.directory ?? DIRECTORY;
  }

  async run(): Promise<Launched> {
    const { ports, pagesPort } = await choosePortsWithPages();
    const settings = {
      ...(this.#options.settings ?? SHORT_SETTINGS),
      publicUrl: `http://127.0.0.1:${pagesPort}`,
    };
    // The two long parts run concurrently. If the emulators cannot start, nobody waits for the template.
    const config = this.#startConfig(ports, settings);
    const starting = this.#startWorld(ports, config);
    const synthesising = this.#synthesise(settings, ports);
    synthesising.catch(() => undefined);
    const world = await starting;
    const assembly = await synthesising;
    const inbox = new Inbox(this.#options.say);
    const front = await startFront({
      port: pagesPort,
      inbox,
      ministackUrl: world.emulators.ministackUrl,
      motoUrl: world.emulators.motoUrl,
      config,
      say: this.#options.say,
    });
    this.#onStop(() => front.stop());
    const clients = clientsOf(world.gateway.url, world.region);
    const sns = await this.#startMail(world, front);
    await startTrail(clients);
    const deployed = await this.#deploy(clients, assembly, config);
    await this.#forgetAssembly();
    const roles = await enforceRights(world, assembly.template, deployed);
    this.#tell(`IAM's writes are held against the policies of ${roles} roles, as synthesised`);
    const { leavePending = false } = this.#options;
    const ends = { clients, assembly, deployed, front, inbox, sns };
    const addresses = await connectPeople(ends, leavePending ? 'all' : new Set());
    this.#tell(
      `Inboxes of ${addresses.join(', ')} and the pages behind links: ${front.url}` +
        (leavePending ? '; their subscriptions wait to be confirmed' : ''),
    );
    this.#startRule(config, front);
    const { SweepFunctionName, HealthFunctionName } = deployed.outputs;
    const { sweepEveryMs = SWEEP_EVERY_MS } = this.#options;
    const sweep = this.#startInvoking(clients, SweepFunctionName, sweepEveryMs);
    const health = this.#startInvoking(clients, HealthFunctionName);
    if (HealthFunctionName !== undefined) {
      // Only its readings of the subscriptions say that an approver can be told of a deletion.
      await health.run();
    }
    this.#tell('Solekey is running');
    return {
      world,
      settings,
      gatewayUrl: world.gateway.url,
      pagesUrl: front.url,
      front,
      inbox,
      sns,
      leavesPending: leavePending,
      clients,
      assembly,
      deployed,
      localise: (template) => this.#localise(template).template,
      config,
      sweep: () => sweep.run(),
      checkHealth: () => health.run(),
      stop: () => this.stop(),
    };
  }

  /** Stops in reverse order of starting. Safe to call twice, and while starting. */
  async stop(): Promise<void> {
    const started = this.#started.reverse();
    this.#started = [];
    for (const stop of started) {
      await stop().catch((error: unknown) => this.#options.say(`Stopping failed in part: ${String(error)}`));
    }
  }

  #onStop(stop: Stopping): void {
    this.#started.push(stop);
  }

  #tell(line: string): void {
    this.#options.say(`${((Date.now() - this.#began) / 1_000).toFixed(1).padStart(5)} s  ${line}`);
  }

  #startConfig(ports: WorldPorts, settings: SettingsDocument): ConfigService {
    const options = { account: ACCOUNT, region: REGION, ministackPort: ports.ministack, settings };
    const { service, stop } = startConfig(options);
    this.#onStop(stop);
    return service;
  }

  async #startWorld(ports: WorldPorts, config: ConfigService): Promise<World> {
    const world = await startWorld({
      say: this.#options.say,
      directory: this.#directory,
      ports,
      account: ACCOUNT,
      region: REGION,
      services: { config: config.handler },
      ...(this.#options.watch ? { watch: this.#options.watch } : {}),
    });
    this.#onStop(() => world.stop());
    const { gateway, ministack, moto } = ports;
    this.#tell(
      `Emulators are running on 127.0.0.1: ministack ${ministack}, moto ${moto}, the gateway in front of them ${gateway}`,
    );
    return world;
  }

  /** Lets SNS deliver to the inboxes, before anything is deployed that sends mail. */
  async #startMail(world: World, front: Front): Promise<Sns> {
    const { pendingSeconds = PENDING_SECONDS } = this.#options;
    const sns = new Sns(world);
    await sns.deliverTo(front.mailboxesUrl, pendingSeconds);
    this.#tell(
      'SNS deactivates an e-mail subscription above 10 mails a second, as AWS does; a subscription that nobody confirms ' +
        `is deleted after ${pendingSeconds} s (AWS: 48 hours)`,
    );
    return sns;
  }

  async #synthesise(settings: SettingsDocument, ports: WorldPorts): Promise<Assembly> {
    const { release } = this.#options;
    const directory = join(this.#directory, `run-${ports.gateway}-synth`);
    if (release === undefined) {
      this.#tell('Synthesising the template that would be deployed (cdk synth)');
    }
    const making = await startRelease({
      settings,
      account: ACCOUNT,
      directory,
      ...(release === undefined ? {} : { release }),
    });
    this.#forgetAssembly = () => making.stop();
    this.#onStop(this.#forgetAssembly);
    const assembly = await making.done;
    const resources = Object.keys(assembly.template.Resources).length;
    this.#tell(
      release === undefined
        ? `Synthesised ${resources} resources`
        : `Thawed the frozen release in ${relative('', release)}`,
    );
    return assembly;
  }

  async #deploy(clients: Clients, assembly: Assembly, config: ConfigService): Promise<Deployed> {
    const local = this.#localise(assembly.template);
    await this.#tellDifferences(local.differences);
    const deployed = await deploy(clients, assembly, local.template);
    registerRule(config, assembly.template, ruleLiterals(assembly.template, PLACE), deployed);
    this.#tell(`Deployed the stack ${assembly.stackName}`);
    return deployed;
  }

  #localise(template: Template): Localised {
    const { schedule, pace = SHORT_PACE } = this.#options;
    return localise(template, {
      visibilitySeconds: VISIBILITY_SECONDS,
      literals: ruleLiterals(template, PLACE),
      pace,
      ...(schedule === undefined ? {} : { schedule }),
    });
  }

  async #tellDifferences(differences: readonly Difference[]): Promise<void> {
    const { file, lines } = await writeDifferences(this.#directory, differences);
    this.#tell(`${differences.length} differences from AWS, each with its reason: ${relative('', file)}`);
    // Those that are not deployed at all are always printed.
    for (const line of this.#options.brief ? lines.filter((one) => one.startsWith('left out')) : lines) {
      this.#options.say(`         ${line}`);
    }
  }

  #startRule(config: ConfigService, front: Front): void {
    const { runRuleEveryMs, say } = this.#options;
    if (config.rule === undefined) {
      this.#tell('The template has no rule for AWS Config, so AWS Config shows nothing');
      return;
    }
    const often = runRuleEveryMs === undefined ? 'when Solekey asks' : `every ${runRuleEveryMs / 1_000} s`;
    this.#tell(`AWS Config runs the rule ${config.rule.name} ${often}; what it shows: ${front.url}/config`);
    if (runRuleEveryMs !== undefined) {
      this.#onStop(startConfigSchedule(config, runRuleEveryMs, say));
    }
  }

  #startInvoking(clients: Clients, functionName = '', everyMs = 0): Invoked {
    const { say } = this.#options;
    const invoked = startInvoking({ clients, functionName, everyMs, say });
    this.#onStop(() => invoked.stop());
    return invoked;
  }
}
