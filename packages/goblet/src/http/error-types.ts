import type { HeaderValues } from './reply.js';

/**
 * Marks an HttpError, so that one created by another copy of this package is recognized too.
 * @example const isError = typeof value === 'object' && value !== null && HTTP_ERROR in value;
 */
export const HTTP_ERROR: unique symbol = Symbol.for('goblet.error') as never;

/** The cause of an error, and additions to its response. */
export interface HttpErrorOptions {
  readonly cause?: unknown;
  readonly headers?: HeaderValues;
  /** More members for the problem document (RFC 9457, section 3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * An error with an HTTP status, answered as problem+json (RFC 9457). Handlers throw it; `defineError` creates its
 * class.
 */
export interface HttpError<C extends string = string, N extends number = number> extends Error {
  readonly [HTTP_ERROR]: true;
  /** Stable, for programs. */
  readonly code: C;
  readonly status: N;
  /** The same for every error of this class. */
  readonly title: string;
  /** About this occurrence. */
  readonly detail: string | undefined;
  readonly headers: HeaderValues | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

/** A class that `defineError` returns. Its code, status and title are also on the class. */
export interface ErrorClass<C extends string = string, N extends number = number> {
  new (detail?: string, options?: HttpErrorOptions): HttpError<C, N>;
  readonly code: C;
  readonly status: N;
  readonly title: string;
}
