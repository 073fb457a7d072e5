import { AwsError } from '../core/aws-error.js';
import type { CredentialStore } from '../core/credentials.js';
import { type HttpRequest, type HttpResponse, header } from '../core/http.js';
import type { RequestFacts } from '../core/operation.js';
import type { Dispatch, Service } from '../core/service.js';
import {
  type Authenticated,
  authenticate,
  readSignature,
  type SignedRequest,
  signatureTime,
} from './authentication.js';
import { authenticationError } from './authentication-error.js';
import { decodeAwsChunked } from './aws-chunked.js';
import { unknownOperation, unknownService } from './dispatcher.js';
import { hostName } from './host.js';
import { protocolByLook, unsupportedService } from './unsupported-service.js';

export interface AwsCallOptions {
  readonly services: ReadonlyMap<string, Service>;
  readonly dispatch: Dispatch;
  readonly credentials: CredentialStore;
  readonly now: () => number;
  /** Called with what went wrong inside an operation, where it is not an AwsError. */
  readonly onFailure: (service: string, operation: string, error: unknown) => void;
}

const OLD_SIGNATURE = new AwsError(
  'InvalidRequest',
  'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
);

/** Without a signature only the look of it tells: S3 has paths, and neither a target nor a form. */
function isForS3(request: HttpRequest): boolean {
  if (/(^|\.)s3[.-]/.test(hostName(header(request, 'host')))) return true;
  const form = (header(request, 'content-type') ?? '').includes('x-www-form-urlencoded');
  return header(request, 'x-amz-target') === undefined && !form && request.path !== '/';
}

/** The request as the protocol reads it: without streaming frames, and with trailers among the headers. */
function unframed(request: HttpRequest, signed: SignedRequest, authenticated: Authenticated): HttpRequest {
  const content = header(request, 'x-amz-content-sha256') ?? '';
  if (!content.startsWith('STREAMING-')) return request;
  const signing = content.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')
    ? { key: authenticated.signingKey, scope: signed.scope, amzDate: signed.amzDate, seed: authenticated.signature }
    : undefined;
  if (!signing && content !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    throw new AwsError('NotImplemented', `The local cloud does not verify x-amz-content-sha256: ${content}`, 400);
  }
  const { body, trailers } = decodeAwsChunked(request.body, signing);
  const promised = header(request, 'x-amz-decoded-content-length');
  if (promised !== undefined && Number(promised) !== body.length) {
    throw new AwsError(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length HTTP header',
      400,
    );
  }
  const { method, path, query, sourceIp, signal } = request;
  return { method, path, query, headers: [...request.headers, ...trailers], body, sourceIp, signal };
}

function requestFacts(request: HttpRequest, signed: SignedRequest): RequestFacts {
  return {
    userAgent: header(request, 'user-agent'),
    referer: header(request, 'referer'),
    contentSha256: header(request, 'x-amz-content-sha256') ?? signed.payload,
    presigned: signed.presigned,
    signed: signatureTime(signed),
  };
}

/** Answers the calls of AWS APIs: who signs, which service and operation, its answer. */
export function createAwsCalls({ services, dispatch, credentials, now, onFailure }: AwsCallOptions) {
  const bySigningName = new Map<string, Service>();
  const prepared = new Map<string, Service>();

  function serviceOf(signingName: string): Service | undefined {
    if (prepared.size !== services.size) {
      for (const [name, service] of services) {
        prepared.set(name, service);
        for (const signing of service.signingNames) bySigningName.set(signing, service);
      }
    }
    return bySigningName.get(signingName);
  }

  const preparing = new Map<string, Promise<unknown>>();

  function prepare(account: string, region: string): Promise<unknown> | undefined {
    const place = `${account}/${region}`;
    const known = preparing.get(place);
    if (known) return known;
    const all = [...services.values()].map(async (service) => {
      try {
        await service.prepare?.({ account, region });
      } catch (error) {
        preparing.delete(place);
        onFailure(service.name, `preparation of ${region} for ${account}`, error);
      }
    });
    const whole = Promise.all(all);
    preparing.set(place, whole);
    return whole;
  }

  async function answer(
    request: HttpRequest,
    service: Service,
    signed: SignedRequest,
    requestId: string,
  ): Promise<HttpResponse> {
    const { protocol } = service;
    let operation = '';
    try {
      const authenticated = await authenticate(request, signed, credentials, now(), protocol.family);
      const plain = unframed(request, signed, authenticated);
      const decoded = protocol.decode(plain);
      operation = decoded.operation;
      if (!service.operations.has(operation)) throw unknownOperation(service, operation);
      await prepare(authenticated.principal.account, signed.scope.region);
      const output = await dispatch(service.name, operation, decoded.input, {
        account: authenticated.principal.account,
        region: signed.scope.region,
        principal: authenticated.principal,
        requestId,
        sourceIp: request.sourceIp,
        get request() {
          return requestFacts(request, signed);
        },
        get signal() {
          return request.signal;
        },
      });
      return protocol.encode(operation, output, requestId, plain);
    } catch (error) {
      if (!(error instanceof AwsError)) onFailure(service.name, operation, error);
      return protocol.encodeError(error instanceof Error ? error : new Error(String(error)), requestId, request);
    }
  }

  return async (request: HttpRequest, requestId: string): Promise<HttpResponse> => {
    const signed = readSignature(request);
    if (signed === undefined || signed === 'malformed') {
      const protocol = (isForS3(request) ? serviceOf('s3')?.protocol : undefined) ?? protocolByLook(request);
      if (protocol.family === 'rest-xml' && /(?:^|&)AWSAccessKeyId=/.test(request.query)) {
        return protocol.encodeError(OLD_SIGNATURE, requestId, request);
      }
      const problem = signed === undefined ? 'missing' : 'incomplete';
      return protocol.encodeError(authenticationError(protocol.family, problem), requestId, request);
    }
    const service = serviceOf(signed.scope.service);
    if (!service) {
      const name = signed.scope.service;
      return unsupportedService(unknownService(name, services), name, requestId, request);
    }
    return answer(request, service, signed, requestId);
  };
}
