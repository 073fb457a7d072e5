import type { LambdaContext } from '../declare/route-types.js';
import type { Logger } from '../lambda/logger.js';

/** The input of an authorizer function. */
export interface AuthorizerRequest {
  /** The value of the first identity source. */
  readonly token: string | undefined;
  readonly method: string;
  /** As requested. */
  readonly path: string;
  /** Lower-case names; empty for a TOKEN authorizer, which sees only its token. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly deps: unknown;
  readonly env: unknown;
  readonly event: unknown;
  readonly context: LambdaContext;
  readonly log: Logger;
}

/** An authorizer's result, apart from the caller's name. */
export type ContextValues = Readonly<Record<string, string | number | boolean>>;

/** Gives a caller access; created by `allow`. */
export interface Allowed<V extends ContextValues = ContextValues> {
  readonly principalId: string;
  readonly context: V;
  readonly routes: readonly string[] | undefined;
}

/** The recorded options. */
export interface DeclaredAuthorizer {
  readonly type: 'TOKEN' | 'REQUEST';
  readonly header: readonly string[];
  readonly query: readonly string[];
  readonly ttl: number;
}
