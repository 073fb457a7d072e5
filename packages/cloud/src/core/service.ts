import type { OutputOf } from '../model/client-types.js';
import type { AwsError } from './aws-error.js';
import type { Front } from './front.js';
import type { BodyStream, HttpRequest, HttpResponse, RequestHead } from './http.js';
import type { BoundOperation, Call, Scope } from './operation.js';
import type { Principal } from './principal.js';
import type { AnyResourceType } from './resource-type.js';

/** AWS's families of wire protocols. They differ in the codes and statuses of the errors that the gateway itself answers. */
export type ProtocolFamily = 'json' | 'query' | 'rest-json' | 'rest-xml';

/** The target of a request. */
export interface DecodedCall {
  readonly operation: string;
  readonly input: unknown;
}

/** A wire protocol, as one service speaks it: what came in becomes an operation and its raw input, and back. */
export interface Protocol {
  readonly family: ProtocolFamily;
  /** Throws an AwsError where the request names no operation. */
  readonly decode: (request: HttpRequest) => DecodedCall;
  /**
   * Reads a request whose operation takes its body as it arrives; undefined where the operation takes it whole.
   * @default every operation takes it whole
   */
  readonly decodeStreamed?: (head: RequestHead, body: BodyStream) => DecodedCall | undefined;
  readonly encode: (operation: string, output: unknown, requestId: string, request: RequestHead) => HttpResponse;
  readonly encodeError: (error: Error, requestId: string, request: RequestHead) => HttpResponse;
}

/** How much of a body is held in memory. */
export interface BodyLimit {
  readonly bytes: number;
  /** The error for a larger one. */
  readonly tooLarge: () => AwsError;
}

/** A request that a service admits without Signature Version 4. */
export interface Admitted extends Scope {
  readonly principal: Principal;
  /** True if a signature was in the URL. */
  readonly presigned: boolean;
  /** The target of the request, if the service had to read it to know the caller. @default as every request is read */
  readonly call?: DecodedCall;
  /** @default the protocol's */
  readonly encode?: (output: unknown) => HttpResponse;
}

/** The outcome of a web page's request: it is answered at once, or it goes on and the answer gets headers. */
export type WebAccess =
  | { readonly kind: 'answered'; readonly response: (requestId: string) => HttpResponse }
  | { readonly kind: 'admitted'; readonly headers: HttpResponse['headers'] };

/** One AWS service of the cloud. A service is a table: operations and resource types, nothing else on its face. */
export interface Service {
  /** AWS's endpoint prefix: `dynamodb` */
  readonly name: string;
  /** The names of SigV4 credential scopes that lead here; usually the name alone. */
  readonly signingNames: readonly string[];
  readonly protocol: Protocol;
  /** True if a request without Signature Version 4 is for the service. @default none is */
  readonly isForUnsigned?: (head: RequestHead) => boolean;
  /** Admits requests without Signature Version 4. @default they are refused */
  readonly admit?: (head: RequestHead, body: () => AsyncIterable<Uint8Array>) => Promise<Admitted>;
  /**
   * The service's answer to a request of a web page; undefined if it takes none, which the gateway then refuses.
   * @default it wants none
   */
  readonly webAccess?: (head: RequestHead) => Promise<WebAccess | undefined>;
  /** The limit on the body of a request, by its head. @default the protocol's */
  readonly bodyLimit?: (head: RequestHead) => BodyLimit;
  readonly operations: ReadonlyMap<string, BoundOperation>;
  /** Operations that only refuse, by their name. */
  readonly refusedOperations?: readonly string[];
  /** The CloudFormation types this service provides. */
  readonly resourceTypes: readonly AnyResourceType[];
  /** The recorded service that signs with a name (`states`); undefined for any other name. */
  readonly recordedService?: (
    signingName: string,
  ) => { readonly namespace: string; readonly differs: string } | undefined;
  /** URLs of this service, in addition to its API. */
  readonly fronts?: readonly Front[];
  /**
   * Called before every call of any service, to create what the call assumes: the bootstrap stack of an account that is
   * used for the first time. Returns undefined at once for every other call.
   */
  readonly beforeCall?: (service: string, operation: string, input: unknown, call: Call) => Promise<void> | undefined;
  /** Called once after every service exists: resume what a restart cut off. */
  readonly start?: () => Promise<void>;
  /** Called once when the cloud stops: end processes and timers. */
  readonly stop?: () => Promise<void>;
}

/** Runs an operation in process: parse, authorize, handle. The one way in, for HTTP and for services calling services. */
export type Dispatch = <const Service extends string, const Name extends string>(
  service: Service,
  operation: Name,
  input: unknown,
  call: Call,
) => Promise<OutputOf<Service, Name>>;
