import { AwsError } from '../core/aws-error.js';
import { collectBytes, piecesOf } from '../core/bytes.js';
import type { CredentialStore } from '../core/credentials.js';
import { type HttpRequest, type HttpResponse, header, type RequestHead } from '../core/http.js';
import type { Call, RequestFacts } from '../core/operation.js';
import type { DecodedCall, Dispatch, ProtocolFamily, Service } from '../core/service.js';
import {
  type Authenticated,
  readSignature,
  type SignedRequest,
  signatureTime,
  type VerifiedHead,
  verifyHead,
} from './authentication.js';
import { authenticationError } from './authentication-error.js';
import { defaultBodyLimit } from './body-limit.js';
import { unknownOperation, unknownService } from './dispatcher.js';
import { hostName } from './host.js';
import { unsignedBody, verifiedBody } from './payload.js';
import { withBody } from './request-head.js';
import { sha256 } from './signature.js';
import { BodyStalled, BodyTooLarge, ClientGone, type UnreadBody } from './unread-body.js';
import { errorsByLook, unsupportedService } from './unsupported-service.js';

export interface AwsCallOptions {
  readonly services: ReadonlyMap<string, Service>;
  readonly dispatch: Dispatch;
  readonly credentials: CredentialStore;
  readonly now: () => number;
  /** Called with what went wrong inside an operation, where it is not an AwsError. */
  readonly onFailure: (service: string, operation: string, error: unknown) => void;
}

/** The words are S3's; other services close the connection without any. */
function stalled(family: ProtocolFamily): AwsError {
  const message =
    'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.';
  return new AwsError('RequestTimeout', message, family === 'rest-xml' ? 400 : 408);
}

/** Without a signature only the look of it tells: S3 has paths, and neither a target nor a form. */
function isForS3(request: RequestHead): boolean {
  if (/(^|\.)s3[.-]/.test(hostName(header(request, 'host')))) return true;
  const form = (header(request, 'content-type') ?? '').includes('x-www-form-urlencoded');
  return header(request, 'x-amz-target') === undefined && !form && request.path !== '/';
}

/** The body of a request that the head has been verified of, whole. */
async function holdBody(
  head: RequestHead,
  body: UnreadBody,
  signed: SignedRequest,
  verified: VerifiedHead,
  { protocol: { family }, bodyLimit }: Service,
): Promise<{ readonly request: HttpRequest; readonly authenticated: Authenticated }> {
  const limit = bodyLimit?.(head) ?? defaultBodyLimit(family);
  let held: Uint8Array;
  try {
    held = await body.hold(limit.bytes);
  } catch (error) {
    throw error instanceof BodyTooLarge ? limit.tooLarge() : error;
  }
  if (verified.kind === 'undecided') {
    return { request: withBody(head, { body: held }), authenticated: verified.verify(held) };
  }
  const { authenticated, payload } = verified;
  if (payload.kind === 'hashed' && payload.sha256 !== sha256(held)) {
    throw authenticationError(family, 'payload');
  }
  if (payload.kind !== 'chunked') return { request: withBody(head, { body: held }), authenticated };
  const whole = await collectBytes(verifiedBody(head, piecesOf(held), signed, authenticated, payload));
  return { request: withBody(head, { body: whole ?? held }), authenticated };
}

function requestFacts(request: RequestHead, signed?: SignedRequest): RequestFacts {
  return {
    userAgent: header(request, 'user-agent'),
    referer: header(request, 'referer'),
    traceId: header(request, 'x-amzn-trace-id'),
    contentSha256: header(request, 'x-amz-content-sha256') ?? signed?.payload,
    presigned: signed?.presigned ?? false,
    signed: signed ? signatureTime(signed) : Number.NaN,
  };
}

/** Who makes a call over HTTP, and where it lands. */
interface Caller extends Pick<Call, 'account' | 'region' | 'principal' | 'requestId'> {
  readonly head: RequestHead;
}

/** Answers the calls of AWS APIs: who signs, which service and operation, its answer. */
export function createAwsCalls({ services, dispatch, credentials, now, onFailure }: AwsCallOptions) {
  const bySigningName = new Map<string, Service>();
  const known = new Map<string, Service>();

  function serviceOf(signingName: string): Service | undefined {
    if (known.size !== services.size) {
      for (const [name, service] of services) {
        known.set(name, service);
        for (const signing of service.signingNames) bySigningName.set(signing, service);
      }
    }
    return bySigningName.get(signingName);
  }

  /** The service that a request without a signature is for, as far as its head tells. */
  function unsignedService(head: RequestHead): Service | undefined {
    for (const service of services.values()) if (service.isForUnsigned?.(head)) return service;
    return isForS3(head) ? serviceOf('s3') : undefined;
  }

  /** The operation and the caller. Throws before the body is read if the head says enough. */
  async function read(head: RequestHead, body: UnreadBody, service: Service, signed: SignedRequest) {
    const { protocol } = service;
    const verified = await verifyHead(head, signed, credentials, now(), protocol.family);
    if (verified.kind === 'verified' && protocol.decodeStreamed) {
      const { authenticated, payload } = verified;
      const decoded = protocol.decodeStreamed(head, verifiedBody(head, body.stream(), signed, authenticated, payload));
      if (decoded) return { ...decoded, principal: authenticated.principal };
    }
    const { request, authenticated } = await holdBody(head, body, signed, verified, service);
    return { ...protocol.decode(request), principal: authenticated.principal };
  }

  async function answer(
    head: RequestHead,
    body: UnreadBody,
    service: Service,
    signed: SignedRequest,
    requestId: string,
    onOperation: (name: string) => void,
  ): Promise<HttpResponse> {
    const { operation, input, principal } = await read(head, body, service, signed);
    onOperation(operation);
    const { region } = signed.scope;
    const caller = { principal, account: principal.account, region, requestId, head };
    const output = await run(service, { operation, input }, caller, () => requestFacts(head, signed));
    return service.protocol.encode(operation, output, requestId, head);
  }

  /** A request that the service itself lets in. */
  async function admit(
    head: RequestHead,
    body: UnreadBody,
    service: Service,
    requestId: string,
    onOperation: (name: string) => void,
  ): Promise<HttpResponse> {
    const admitted = await service.admit?.(head, () => body.stream());
    if (!admitted) throw authenticationError(service.protocol.family, 'missing');
    const { principal, account, region, presigned } = admitted;
    const call = admitted.call ?? (await readUnsigned(head, body, service));
    onOperation(call.operation);
    const facts = { ...requestFacts(head), presigned };
    const output = await run(service, call, { principal, account, region, requestId, head }, () => facts);
    return admitted.encode?.(output) ?? service.protocol.encode(call.operation, output, requestId, head);
  }

  /** The target of a request whose body is not signed. */
  async function readUnsigned(head: RequestHead, body: UnreadBody, service: Service): Promise<DecodedCall> {
    const { protocol, bodyLimit } = service;
    const streamed = protocol.decodeStreamed?.(head, unsignedBody(head, body.stream()));
    if (streamed) return streamed;
    const limit = bodyLimit?.(head) ?? defaultBodyLimit(protocol.family);
    try {
      return protocol.decode(withBody(head, { body: await body.hold(limit.bytes) }));
    } catch (error) {
      throw error instanceof BodyTooLarge ? limit.tooLarge() : error;
    }
  }

  async function run(
    service: Service,
    { operation, input }: DecodedCall,
    { head, ...caller }: Caller,
    facts: () => RequestFacts,
  ): Promise<unknown> {
    if (!service.operations.has(operation)) throw unknownOperation(service, operation);
    return dispatch(service.name, operation, input, {
      ...caller,
      sourceIp: head.sourceIp,
      get request() {
        return facts();
      },
      get signal() {
        return head.signal;
      },
    });
  }

  /** Answers a request, or says what is wrong with it as the service does. */
  async function answerBy(
    service: Service,
    respond: (onOperation: (name: string) => void) => Promise<HttpResponse>,
    head: RequestHead,
    requestId: string,
  ): Promise<HttpResponse> {
    const { protocol } = service;
    let operation = '';
    try {
      return await respond((name) => {
        operation = name;
      });
    } catch (error) {
      if (error instanceof ClientGone) throw error;
      const said = error instanceof BodyStalled ? stalled(protocol.family) : error;
      if (!(said instanceof AwsError)) onFailure(service.name, operation, said);
      return protocol.encodeError(said instanceof Error ? said : new Error(String(said)), requestId, head);
    }
  }

  return async (head: RequestHead, body: UnreadBody, requestId: string): Promise<HttpResponse> => {
    const signed = readSignature(head);
    const admitting = signed === undefined ? unsignedService(head) : undefined;
    if (admitting?.admit) {
      return answerBy(admitting, (asked) => admit(head, body, admitting, requestId, asked), head, requestId);
    }
    if (signed === undefined || typeof signed === 'string') {
      const protocol = (isForS3(head) ? serviceOf('s3')?.protocol : undefined) ?? errorsByLook(head);
      const problem = signed === undefined ? 'missing' : signed === 'malformed' ? 'incomplete' : 'incompleteQuery';
      return protocol.encodeError(authenticationError(protocol.family, problem), requestId, head);
    }
    const service = serviceOf(signed.scope.service);
    if (!service) {
      const name = signed.scope.service;
      return unsupportedService(unknownService(name, services), name, requestId, head);
    }
    return answerBy(service, (asked) => answer(head, body, service, signed, requestId, asked), head, requestId);
  };
}
