import type { AwsCall, CallAnswer, ServiceHandler } from './call.ts';
import { isRecorded, subjectOf, trailRecord } from './cloudtrail.ts';
import type { Faults } from './faults.ts';
import { forward, type WebAnswer } from './http.ts';
import { type Caller, identify, type KeyOwner } from './identity.ts';
import { cutPage, isPaged, partNeeded, readPageRequest } from './paging.ts';
import { accept, refuse } from './refusal.ts';
import type { FindUser, Rights, Target } from './rights.ts';
import type { Trail } from './trail.ts';
import { textOf } from './xml.ts';

export interface IamOptions {
  readonly motoUrl: string;
  readonly account: string;
  readonly faults: Faults;
  readonly trail: Trail;
  readonly rights: Rights;
}

/** IAM of the managed account: moto, with what AWS has and moto lacks (pages, lagging reads, CloudTrail, policies). */
export function iamService(options: IamOptions): ServiceHandler {
  const { motoUrl, account, faults, trail, rights } = options;
  const find = userIn(motoUrl);
  return async (call: AwsCall): Promise<CallAnswer> => {
    if (!isRecorded(call.action)) {
      return read(call, motoUrl, faults);
    }
    // Read before the call, because the call may delete the key or the user.
    const caller = await identify(call.credential, call.request, (key) => ownerOf(motoUrl, key));
    const refusal = await rights.refusal(call, caller, find);
    if (refusal !== undefined) {
      const refused = refuse(call, 403, 'AccessDenied', refusal);
      record(call, refused, caller);
      return refused;
    }
    const answer = await forward(motoUrl, call.request);
    const created =
      call.action === 'CreateAccessKey' ? textOf(answer.body.toString('utf8'), 'AccessKeyId') : undefined;
    if (created !== undefined) {
      faults.keyCreated(created);
    }
    record(call, answer, caller);
    return answer;
  };

  function record(call: AwsCall, answer: WebAnswer, caller: Caller): void {
    const written = trailRecord(call, answer, caller, account);
    trail.record(written, subjectOf(written, caller));
  }
}

async function read(call: AwsCall, motoUrl: string, faults: Faults): Promise<WebAnswer> {
  const key = call.parameters.get('AccessKeyId');
  if (call.action === 'GetAccessKeyLastUsed' && key !== null && faults.isHidden(key)) {
    return refuse(call, 404, 'NoSuchEntity', `The Access Key with id ${key} cannot be found.`);
  }
  if (call.action === 'GenerateCredentialReport') {
    return generateReport(call, motoUrl, faults);
  }
  if (!isPaged(call.action)) {
    return forward(motoUrl, call.request);
  }
  const page = readPageRequest(call.action, call.parameters);
  if ('invalid' in page) {
    return refuse(call, 400, 'ValidationError', page.invalid);
  }
  const size = Math.min(page.size, faults.pageSize ?? page.size);
  const part = partNeeded(call.action, call.parameters, { ...page, size });
  const headers = { ...call.request.headers, ...part };
  const whole = await forward(motoUrl, { ...call.request, headers });
  if (whole.status >= 400) {
    return whole;
  }
  const hidden = call.action === 'ListAccessKeys' ? (id: string) => faults.isHidden(id) : undefined;
  const cut = cutPage(call.action, whole.body.toString('utf8'), { ...page, size }, hidden);
  return { ...whole, body: Buffer.from(cut) };
}

/**
 * Within four hours of a report AWS generates no new one: it answers COMPLETE and does not say how old the report is.
 */
async function generateReport(call: AwsCall, motoUrl: string, faults: Faults): Promise<WebAnswer> {
  if (faults.reportIsReused) {
    return accept(call, '<State>COMPLETE</State>');
  }
  const answer = await forward(motoUrl, call.request);
  faults.reportMade();
  return answer;
}

async function ownerOf(motoUrl: string, accessKeyId: string): Promise<KeyOwner | undefined> {
  const answer = await fetch(`${motoUrl}/sandbox/owner/${accessKeyId}`);
  return answer.ok ? ((await answer.json()) as KeyOwner) : undefined;
}

/** Read from the emulator for every judgement, because paths and tags change. */
function userIn(motoUrl: string): FindUser {
  return async (userName) => {
    const users = (await (await fetch(`${motoUrl}/sandbox/users`)).json()) as Target[];
    return users.find((user) => user.userName.toLowerCase() === userName.toLowerCase());
  };
}
