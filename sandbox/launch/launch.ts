import { rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Front, startFront } from '../front/server.ts';
import type { ConfigService } from '../gateway/config/service.ts';
import { Inbox } from '../inbox/inbox.ts';
import type { WorldPorts } from '../world/ports.ts';
import { findPython } from '../world/python.ts';
import type { Say } from '../world/say.ts';
import { startWorld, type World, type WorldOptions } from '../world/world.ts';
import { type Assembly, readAssembly } from './assembly.ts';
import { type Clients, clientsOf } from './clients.ts';
import { registerRule, ruleLiterals, startConfig } from './config-rule.ts';
import { startConfigSchedule } from './config-schedule.ts';
import { connectPeople } from './connect.ts';
import { type Deployed, deploy } from './deploy.ts';
import { type Difference, linesOf, localise } from './localise.ts';
import { choosePortsWithPages } from './ports.ts';
import { rolePolicies } from './rights.ts';
import { type SettingsDocument, SHORT_SETTINGS } from './settings.ts';
import { type Sweeper, startSweeper } from './sweeper.ts';
import { startSynth } from './synth.ts';
import { thaw } from './thaw.ts';

const DIRECTORY = fileURLToPath(new URL('../../.sandbox', import.meta.url));

export interface LaunchOptions {
  readonly say: Say;
  /** Replaces the short settings. The public URL is always the sandbox's own. */
  readonly settings?: SettingsDocument;
  /** The directory of the virtual environment and the runs. */
  readonly directory?: string;
  /** Interval at which the deployed sweep is invoked; 0: only by its schedule and on request. */
  readonly sweepEveryMs?: number;
  /** Replaces the schedules in the template, e.g. `rate(1 minute)`. */
  readonly schedule?: string;
  /** Prints only the differences to AWS that are left out, and the name of the file with all of them. */
  readonly brief?: boolean;
  /** Interval between scheduled runs of the rule in AWS Config; left out: runs on request only. */
  readonly runRuleEveryMs?: number;
  /** Called with every AWS call and its answer. */
  readonly watch?: WorldOptions['watch'];
  /** Deploys a frozen release from this folder (`test/releases/<version>`) instead of the current source. */
  readonly release?: string;
}

/** Solekey, deployed and running in an emulated AWS. */
export interface Launched {
  readonly world: World;
  readonly settings: SettingsDocument;
  /** The address for all AWS calls. */
  readonly gatewayUrl: string;
  /** The address of the inboxes and of the pages behind mailed links. */
  readonly pagesUrl: string;
  readonly inbox: Inbox;
  readonly clients: Clients;
  readonly assembly: Assembly;
  readonly deployed: Deployed;
  /** The emulated AWS Config; its `rule` is undefined if the template has none. */
  readonly config: ConfigService;
  /** Runs the deployed sweep once, in addition to its regular runs. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

const VISIBILITY_SECONDS = 2;
const SWEEP_EVERY_MS = 1_000;
const ACCOUNT = '123456789012';
const REGION = 'us-east-1';

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
    const deployed = await this.#deploy(clients, assembly, config);
    await this.#forgetAssembly();
    await this.#enforceRights(world, assembly, deployed);
    const addresses = await connectPeople({ clients, assembly, deployed, front, inbox });
    this.#tell(`Inboxes of ${addresses.join(', ')} and the pages behind links: ${front.url}`);
    this.#startRule(config, front);
    const sweeper = this.#startSweeper(clients, deployed);
    this.#tell('Solekey is running');
    return {
      world,
      settings,
      gatewayUrl: world.gateway.url,
      pagesUrl: front.url,
      inbox,
      clients,
      assembly,
      deployed,
      config,
      sweep: () => sweeper.sweep(),
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

  async #synthesise(settings: SettingsDocument, ports: WorldPorts): Promise<Assembly> {
    const directory = join(this.#directory, `run-${ports.gateway}-synth`);
    if (this.#options.release !== undefined) {
      return this.#thaw(this.#options.release, settings, directory);
    }
    const { executable: python } = await findPython(process.env);
    this.#tell('Synthesising the template that would be deployed (cdk synth)');
    const synthesis = await startSynth({ python, settings, directory });
    this.#forgetAssembly = () => rm(directory, { recursive: true, force: true });
    this.#onStop(() => synthesis.stop().then(this.#forgetAssembly));
    await synthesis.done;
    const assembly = await readAssembly(join(directory, 'assembly'), ACCOUNT);
    this.#tell(`Synthesised ${Object.keys(assembly.template.Resources).length} resources`);
    return assembly;
  }

  async #thaw(release: string, settings: SettingsDocument, directory: string): Promise<Assembly> {
    this.#forgetAssembly = () => rm(directory, { recursive: true, force: true });
    this.#onStop(this.#forgetAssembly);
    await thaw(release, settings, directory);
    this.#tell(`Thawed the frozen release in ${relative('', release)}`);
    return readAssembly(directory, ACCOUNT);
  }

  async #deploy(clients: Clients, assembly: Assembly, config: ConfigService): Promise<Deployed> {
    const { schedule } = this.#options;
    const literals = ruleLiterals(assembly.template, { account: ACCOUNT, region: REGION });
    const local = localise(assembly.template, {
      visibilitySeconds: VISIBILITY_SECONDS,
      literals,
      ...(schedule === undefined ? {} : { schedule }),
    });
    await this.#tellDifferences(local.differences);
    const deployed = await deploy(clients, assembly, local.template);
    registerRule(config, assembly.template, literals, deployed);
    this.#tell(`Deployed the stack ${assembly.stackName}`);
    return deployed;
  }

  /** Writes all differences to a file; those that are not deployed at all are always printed. */
  async #tellDifferences(differences: readonly Difference[]): Promise<void> {
    const lines = linesOf(differences);
    const file = join(this.#directory, 'differences.txt');
    await writeFile(file, `${lines.join('\n')}\n`);
    this.#tell(`${differences.length} differences from AWS, each with its reason: ${relative('', file)}`);
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

  /** The emulator checks no permissions. From here on the gateway checks those for IAM. */
  async #enforceRights(world: World, assembly: Assembly, { resources }: Deployed): Promise<void> {
    const { account, region, gateway } = world;
    const policies = rolePolicies(assembly.template, { account, region, resources });
    for (const [role, own] of policies) {
      await gateway.rights.enforce(resources[role] ?? role, own);
    }
    this.#tell(`IAM's writes are held against the policies of ${policies.size} roles, as synthesised`);
  }

  #startSweeper(clients: Clients, deployed: Deployed): Sweeper {
    const sweeper = startSweeper({
      clients,
      functionName: deployed.outputs.SweepFunctionName ?? '',
      everyMs: this.#options.sweepEveryMs ?? SWEEP_EVERY_MS,
      say: this.#options.say,
    });
    this.#onStop(() => sweeper.stop());
    return sweeper;
  }
}
