import { header, type WebAnswer, type WebRequest } from './http.ts';

/**
 * The signer and target service of a call, read from the signature's credential scope. Signatures are not verified
 * here.
 */
export interface Credential {
  readonly accessKeyId: string;
  readonly service: string;
  readonly region: string;
  readonly sessionToken?: string;
}

/** One AWS call on its way through the gateway. */
export interface AwsCall {
  readonly request: WebRequest;
  readonly credential: Credential;
  readonly service: string;
  readonly action: string;
  /** The parameters of a call in the query protocol (IAM, STS); empty for the others. */
  readonly parameters: URLSearchParams;
}

/** `lost`: the call was carried out, but its connection breaks before the caller gets an answer. */
export type CallAnswer = WebAnswer | 'lost';

export type ServiceHandler = (call: AwsCall) => Promise<CallAnswer>;

const SCOPE = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/;

/** The AWS call in a request; undefined if the request is unsigned (a browser, an SNS confirmation, a health check). */
export function readCall(request: WebRequest): AwsCall | undefined {
  const scope = SCOPE.exec(header(request, 'authorization') ?? '');
  if (!scope) {
    return undefined;
  }
  const [, accessKeyId = '', region = '', service = ''] = scope;
  const sessionToken = header(request, 'x-amz-security-token');
  const parameters = readParameters(request);
  return {
    request,
    credential: { accessKeyId, service, region, ...(sessionToken ? { sessionToken } : {}) },
    service,
    action: readAction(service, request, parameters),
    parameters,
  };
}

function readParameters(request: WebRequest): URLSearchParams {
  const form = (header(request, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  if (form) {
    return new URLSearchParams(request.body.toString('utf8'));
  }
  return new URLSearchParams(request.target.split('?')[1] ?? '');
}

/** The name of the action, read from wherever this service's protocol has it. */
function readAction(service: string, request: WebRequest, parameters: URLSearchParams): string {
  const target = header(request, 'x-amz-target');
  if (target) {
    return target.split('.').at(-1) ?? target;
  }
  const operation = /\/service\/[^/]+\/operation\/([^/?]+)/.exec(request.target);
  return operation?.[1] ?? parameters.get('Action') ?? restAction(service, request, parameters);
}

const OBJECT_ACTIONS: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  PUT: 'PutObject',
  HEAD: 'HeadObject',
  DELETE: 'DeleteObject',
};

/**
 * The action of a REST call, which names none: AWS's name for the calls that deployed code makes, method and path for
 * all others.
 */
function restAction(service: string, request: WebRequest, parameters: URLSearchParams): string {
  const path = request.target.split('?')[0] ?? '/';
  if (service === 'lambda' && path.endsWith('/invocations')) {
    return 'Invoke';
  }
  if (service === 'lambda' && request.method === 'GET' && path.includes('/event-source-mappings/')) {
    return 'GetEventSourceMapping';
  }
  if (service === 's3') {
    const [, key] = /^\/[^/]+\/(.+)/.exec(path) ?? [];
    return key
      ? (OBJECT_ACTIONS[request.method] ?? request.method)
      : parameters.has('list-type')
        ? 'ListObjectsV2'
        : request.method;
  }
  return `${request.method} ${path}`;
}
