import type { Operation } from '../../../core/operation.js';
import type { S3State } from '../s3-state.js';

/** S3's spelling of an operation: the part of the request that selects it, and the places of its members. */
export interface S3Binding {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD';
  readonly target: 'service' | 'bucket' | 'object';
  /** Query parameters that must be there; of several bindings that fit, the one with most wins. */
  readonly when?: readonly string[];
  /** A header that must be there. */
  readonly whenHeader?: string;
  /** Query parameter to input member. */
  readonly query?: Readonly<Record<string, string>>;
  /** Lower-case header to input member. */
  readonly headers?: Readonly<Record<string, string>>;
  /** True where `x-amz-meta-*` headers are the member Metadata, both ways. */
  readonly metadata?: boolean;
  /** The member that is the body: its bytes, its bytes as they arrive, or its XML below the root. */
  readonly bytes?: string;
  readonly stream?: string;
  readonly xml?: string;
  readonly output?: {
    readonly status?: number;
    /** Output member (number) that is the status. */
    readonly statusMember?: string;
    /** Output member to header. */
    readonly headers?: Readonly<Record<string, string>>;
    /** The root element around what else there is; without it the answer has no body. */
    readonly element?: string;
    /** The member (bytes, a stream of them, or text) that is the body. */
    readonly payload?: string;
  };
}

/** An operation of S3 with its spelling. */
export interface S3Operation {
  // biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own; parse produces it and handle takes it
  readonly operation: Operation<S3State, any, any>;
  readonly binding: S3Binding;
}

export function s3Operation<Input, Output>(
  binding: S3Binding,
  operation: Operation<S3State, Input, Output>,
): S3Operation {
  return { operation, binding };
}
