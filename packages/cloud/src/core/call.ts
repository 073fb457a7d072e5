import type { Principal } from './principal.js';

/** Where a call lands: accounts and regions live side by side in one cloud. */
export interface Scope {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** The facts about an HTTP request, other than its operation, that condition keys use. */
export interface RequestFacts {
  readonly userAgent?: string | undefined;
  readonly referer?: string | undefined;
  /** `X-Amzn-Trace-Id`, as it was sent. */
  readonly traceId?: string | undefined;
  /** `x-amz-content-sha256`, as it was sent. */
  readonly contentSha256?: string | undefined;
  /** True if the signature was in the query. */
  readonly presigned: boolean;
  /** Epoch milliseconds of the signature. */
  readonly signed: number;
}

/** One call of one operation. */
export interface Call extends Scope {
  readonly principal: Principal;
  readonly requestId: string;
  /** The client's address, for `aws:SourceIp`. */
  readonly sourceIp: string;
  /** Further facts about the request for condition keys; absent for calls in process. */
  readonly request?: RequestFacts;
  /** The services through which the caller's own credentials come here, first one first: `cloudformation.amazonaws.com` */
  readonly calledVia?: readonly string[];
  /** Of the function that a service opens a role session for. Only reachable in process, never from the wire. */
  readonly sourceFunctionArn?: string;
  /**
   * The id or name that the resource being created must get. CloudFormation chooses and persists it before it starts,
   * so that a create that was cut off can be repeated or undone. Only reachable in process, never from the wire.
   */
  readonly resourceId?: string;
  /**
   * Milliseconds for which an operation that reads may wait where there is nothing to read yet. Only reachable in
   * process, never from the wire.
   */
  readonly wait?: number;
  readonly signal?: AbortSignal;
}
