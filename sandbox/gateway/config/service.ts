import type { AwsCall, ServiceHandler } from '../call.ts';
import type { WebAnswer } from '../http.ts';
import { refuse } from '../refusal.ts';
import { detailsPage } from './details.ts';
import { readEvaluations } from './evaluation.ts';
import { ConfigFaults } from './faults.ts';
import { ConfigRefusal, invalid } from './refusal.ts';
import type { Result } from './results.ts';
import { type Invoke, Rule, type RuleDescription, type Run } from './rule.ts';

export interface ConfigServiceOptions {
  readonly account: string;
  readonly invoke: Invoke;
  /** Minimum time between two starts on request. In AWS it is one minute; a story with short times needs less. */
  readonly startEverySeconds?: number;
}

/** The current result of one resource. Times are UTC, ISO 8601. */
export interface ViewLine {
  readonly resourceId: string;
  readonly complianceType: string;
  readonly annotation: string | null;
  readonly orderingTimestamp: string;
  readonly recordedTime: string;
}

/** The types of the resources that Solekey reports. */
export type ViewedType = 'AWS::IAM::User' | 'AWS::::Account';

type Input = Readonly<Record<string, unknown>>;

const MOST_STARTED = 25;
const RECORDER = 'default';

/** The part of AWS Config that a custom rule uses. Neither emulator has it. */
export class ConfigService {
  readonly faults = new ConfigFaults();
  /** The recorder, which is on and records everything until a test changes it. */
  readonly recorder = { recording: true, users: true };
  readonly #options: ConfigServiceOptions;
  readonly #rules = new Map<string, Rule>();
  #accepted = 0;

  constructor(options: ConfigServiceOptions) {
    this.#options = options;
  }

  /** Adds a deployed rule. */
  register(description: RuleDescription): void {
    const { account, invoke } = this.#options;
    this.#rules.set(description.name, new Rule(description, account, invoke));
  }

  /** The deployed rule; undefined if the template has none. */
  get rule(): RuleDescription | undefined {
    return this.#only()?.description;
  }

  /** All finished runs, oldest first. */
  get runs(): readonly Run[] {
    return this.#only()?.runs ?? [];
  }

  get isRunning(): boolean {
    return this.#only()?.isRunning ?? false;
  }

  /** The number of evaluations accepted so far, for which AWS charges. */
  get accepted(): number {
    return this.#accepted;
  }

  /** The current results of the rule for resources of a type, by resource id. */
  view(resourceType: ViewedType = 'AWS::IAM::User'): readonly ViewLine[] {
    const results = this.#only()?.results.shown() ?? [];
    return results.filter((one) => one.resourceType === resourceType).map(asLine);
  }

  /** Runs the rule as its schedule would and waits for the run to end. Throws if there is no rule. */
  runScheduled(): Promise<Run> {
    const rule = this.#only();
    if (rule === undefined) {
      throw new Error('there is no rule in AWS Config');
    }
    return rule.runScheduled();
  }

  /** Handles the gateway's calls to the service `config`. */
  readonly handler: ServiceHandler = async (call) => {
    const operation = this.#operations[call.action];
    if (operation === undefined) {
      return refuse(
        call,
        400,
        'UnknownOperationException',
        `The sandbox's AWS Config has no ${call.action}.`,
      );
    }
    try {
      return answer(operation(readInput(call)));
    } catch (error) {
      if (error instanceof ConfigRefusal) {
        return refuse(call, 400, error.code, error.message);
      }
      throw error;
    }
  };

  readonly #operations: Readonly<Record<string, (input: Input) => object>> = {
    PutEvaluations: (input) => this.#putEvaluations(input),
    GetComplianceDetailsByConfigRule: (input) => {
      const rule = this.#named(input.ConfigRuleName);
      return detailsPage(rule.description.name, rule.results.all(), input);
    },
    StartConfigRulesEvaluation: (input) => this.#start(input),
    DescribeConfigRules: (input) => this.#describe(input),
    DescribeConfigRuleEvaluationStatus: ({ ConfigRuleNames }) => ({
      ConfigRulesEvaluationStatus: ((ConfigRuleNames ?? []) as readonly unknown[]).map((name) =>
        statusOf(this.#named(name)),
      ),
    }),
    DeleteConfigRule: ({ ConfigRuleName }) => {
      this.#rules.delete(this.#named(ConfigRuleName).description.name);
      return {};
    },
    StartConfigurationRecorder: () => this.#record(true),
    StopConfigurationRecorder: () => this.#record(false),
    DescribeConfigurationRecorders: () => ({
      ConfigurationRecorders: [
        {
          name: RECORDER,
          recordingGroup: { allSupported: true, includeGlobalResourceTypes: this.recorder.users },
        },
      ],
    }),
    DescribeConfigurationRecorderStatus: () => ({
      ConfigurationRecordersStatus: [{ name: RECORDER, recording: this.recorder.recording }],
    }),
  };

  #record(recording: boolean): object {
    this.recorder.recording = recording;
    return {};
  }

  #putEvaluations({ Evaluations, ResultToken, TestMode }: Input): object {
    if (typeof ResultToken !== 'string') {
      throw invalid("Value at 'resultToken' failed to satisfy constraint: Member must not be null");
    }
    const evaluations = readEvaluations(Evaluations);
    if (TestMode === true) {
      return { FailedEvaluations: [] };
    }
    const rule = [...this.#rules.values()].find((one) => one.ticket(ResultToken) !== undefined);
    const ticket = rule?.ticket(ResultToken);
    if (rule === undefined || ticket === undefined) {
      throw new ConfigRefusal('InvalidResultTokenException', 'The specified ResultToken is not valid.');
    }
    const failed = evaluations.map(() => this.faults.takeForEntry());
    for (const [index, evaluation] of evaluations.entries()) {
      if (!failed[index]) {
        this.#accepted += 1;
        rule.results.take(evaluation, ticket.invokedTime);
      }
    }
    return {
      FailedEvaluations: (Evaluations as readonly object[] | undefined)?.filter((_, at) => failed[at]) ?? [],
    };
  }

  #start({ ConfigRuleNames }: Input): object {
    const names = (ConfigRuleNames ?? []) as readonly unknown[];
    if (names.length < 1 || names.length > MOST_STARTED) {
      throw invalid(`Value at 'configRuleNames' failed to satisfy constraint: length 1 to ${MOST_STARTED}`);
    }
    const rules = names.map((name) => this.#named(name));
    const everySeconds = this.#options.startEverySeconds ?? 60;
    if (this.faults.takeForStart() || !rules.every((rule) => rule.mayStart(everySeconds))) {
      const message = 'An evaluation of the rule is under way, or was started less than a minute ago.';
      throw new ConfigRefusal('LimitExceededException', message);
    }
    for (const rule of rules) {
      rule.start();
    }
    return {};
  }

  #describe({ ConfigRuleNames }: Input): object {
    const names = ConfigRuleNames as readonly unknown[] | undefined;
    const rules = names === undefined ? [...this.#rules.values()] : names.map((name) => this.#named(name));
    return {
      ConfigRules: rules.map(({ description: { name, arn, id } }) => ({
        ConfigRuleName: name,
        ConfigRuleArn: arn,
        ConfigRuleId: id,
        ConfigRuleState: 'ACTIVE',
      })),
    };
  }

  #named(name: unknown): Rule {
    const rule = this.#rules.get(String(name));
    if (rule === undefined) {
      throw new ConfigRefusal(
        'NoSuchConfigRuleException',
        `The ConfigRule '${String(name)}' provided in the request is invalid. Please check the configRule name`,
      );
    }
    return rule;
  }

  #only(): Rule | undefined {
    return this.#rules.values().next().value;
  }
}

/** The latest runs of a rule. Times are in seconds since 1970. */
function statusOf({ description, runs, registeredAt }: Rule): object {
  const last = (ok: boolean) => runs.filter((run) => run.ok === ok).at(-1)?.at;
  const seconds = (name: string, at: string | undefined) =>
    at === undefined ? {} : { [name]: Date.parse(at) / 1_000 };
  return {
    ConfigRuleName: description.name,
    FirstActivatedTime: registeredAt / 1_000,
    ...seconds('LastSuccessfulEvaluationTime', last(true)),
    ...seconds('LastFailedEvaluationTime', last(false)),
  };
}

function readInput(call: AwsCall): Input {
  const text = call.request.body.toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Input);
}

const answer = (value: object): WebAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: Buffer.from(JSON.stringify(value)),
});

function asLine({
  resourceId,
  complianceType,
  annotation,
  orderingTimestamp,
  recordedTime,
}: Result): ViewLine {
  const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
  return {
    resourceId,
    complianceType,
    annotation,
    orderingTimestamp: iso(orderingTimestamp),
    recordedTime: iso(recordedTime),
  };
}
