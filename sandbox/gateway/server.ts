import { createServer, type Server } from 'node:http';
import { type AwsCall, type CallAnswer, readCall, type ServiceHandler } from './call.ts';
import { Counts } from './counts.ts';
import { EventHistory, historyService } from './event-history.ts';
import { Faults } from './faults.ts';
import { forward, json, readRequest, type WebAnswer, type WebRequest } from './http.ts';
import { iamService } from './iam.ts';
import { readSession } from './identity.ts';
import { errorCodeOf, refuse } from './refusal.ts';
import { Rights } from './rights.ts';
import { Senders, sqsService } from './senders.ts';
import { Trail } from './trail.ts';

export interface GatewayOptions {
  readonly port: number;
  readonly account: string;
  readonly ministackUrl: string;
  readonly motoUrl: string;
  readonly say: (line: string) => void;
  /** Services that neither emulator has, by signing name (`config`). They take precedence over all others. */
  readonly services?: Readonly<Record<string, ServiceHandler>>;
  /**
   * Answers requests that are not AWS calls: gets every unsigned request first; undefined passes it on to ministack.
   */
  readonly pages?: (request: WebRequest) => Promise<WebAnswer | undefined>;
  /** Called with every signed call and its answer. */
  readonly watch?: (call: AwsCall, answer: CallAnswer) => void;
}

export interface Gateway {
  readonly url: string;
  readonly counts: Counts;
  readonly faults: Faults;
  readonly trail: Trail;
  /** The history that LookupEvents reads. */
  readonly history: EventHistory;
  readonly rights: Rights;
  readonly senders: Senders;
  stop(): Promise<void>;
}

/**
 * The single address of the sandbox. A signed call is routed by the service in its signature: IAM to moto with what
 * AWS adds, STS to moto, everything else to ministack. Each call is counted and may get a fault. An unsigned request
 * (a browser on the HTTP API, an SNS confirmation) goes to ministack unchanged.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { account, ministackUrl, motoUrl, say } = options;
  const counts = new Counts();
  const faults = new Faults();
  const trail = new Trail(ministackUrl, account, faults, say);
  const history = new EventHistory(account, () => trail.records());
  const rights = new Rights(account);
  const senders = new Senders(account);
  const services: Readonly<Record<string, ServiceHandler>> = {
    iam: iamService({ motoUrl, account, faults, trail, rights }),
    sts: (call) => forward(motoUrl, call.request),
    sqs: sqsService(ministackUrl, senders),
    cloudtrail: historyService(history, rights, (call) => forward(ministackUrl, call.request)),
    ...options.services,
  };
  const elsewhere: ServiceHandler = (call) => forward(ministackUrl, call.request);

  const answerCall = async (call: AwsCall): Promise<CallAnswer> => {
    const { service, action } = call;
    const caller = readSession(call.credential.sessionToken)?.session ?? call.credential.accessKeyId;
    const fault = faults.takeForCall({ service, action, caller }, () => textOf(call.request));
    let answer: CallAnswer;
    if (typeof fault === 'object') {
      const { code, status } = fault.refuse;
      answer = refuse(call, status, code, code === 'Throttling' ? 'Rate exceeded' : 'Refused by the sandbox');
    } else {
      answer = await (services[service] ?? elsewhere)(call);
    }
    if (fault === 'lose-answer') {
      answer = 'lost';
    }
    counts.add({
      service,
      action,
      caller,
      outcome: answer === 'lost' ? 'lost' : (errorCodeOf(answer) ?? 'ok'),
    });
    options.watch?.(call, answer);
    return answer;
  };

  const answerRequest = async (request: WebRequest): Promise<CallAnswer> => {
    const call = readCall(request);
    return call ? answerCall(call) : ((await options.pages?.(request)) ?? forward(ministackUrl, request));
  };

  const server = createServer((incoming, outgoing) => {
    readRequest(incoming)
      .then(answerRequest)
      .catch((error: unknown) => json(502, { message: `the sandbox gateway: ${String(error)}` }))
      .then((answer) => {
        if (answer === 'lost') {
          incoming.socket.destroy();
          return;
        }
        outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
        outgoing.end(incoming.method === 'HEAD' ? undefined : answer.body);
      })
      .catch((error: unknown) => say(`the gateway could not answer ${incoming.url}: ${String(error)}`));
  });
  // Functions keep connections open for their next call. If we closed one meanwhile, it would look like a lost answer
  // that no test planned.
  server.keepAliveTimeout = 0;
  await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${options.port}`,
    counts,
    faults,
    trail,
    history,
    rights,
    senders,
    async stop() {
      trail.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The path and the body of a request, in which calls of every protocol name the resource. */
function textOf({ target, body }: WebRequest): string {
  return `${target}\n${body.toString('utf8')}`;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
