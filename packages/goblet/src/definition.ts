/**
 * The definition that an App records for tools. An object is an App if it has `Symbol.for('goblet.app')`; the value is
 * an AppDefinition. Never use instanceof: two copies of the package may meet.
 */
import type { StandardSchemaV1 } from './declare/standard-schema.js';

/** The key under which an App keeps its AppDefinition. */
export const APP: unique symbol = Symbol.for('goblet.app') as never;

/** Where something was declared; only captured when the environment has GOBLET_INVENTORY. */
export interface SourceLine {
  /** Absolute path or file URL, as in the stack trace (source maps applied). */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

export type Schema = StandardSchemaV1<unknown, unknown>;

export type EnvType = StringConstructor | NumberConstructor | BooleanConstructor | Schema;

export interface AppDefinition {
  readonly version: 1;
  readonly name: string;
  /** The kind of API Gateway API that the construct creates. */
  readonly api: 'rest' | 'http';
  readonly env: Readonly<Record<string, EnvType>>;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  readonly auth: Readonly<Record<string, AuthorizerDefinition>>;
  /** Other front doors of the same function. */
  readonly alsoBehind: readonly string[];
  /** The app's CORS default; `undefined` if there is none. */
  readonly cors: CorsDefinition | undefined;
  /** Flat: mounted routers are already resolved to full paths, in order of declaration. */
  readonly routes: readonly RouteDefinition[];
  readonly handlers: readonly EventHandlerDefinition[];
  /**
   * Conditions of package imports (esbuild's `conditions`), under which a bundler leaves out the parts of the framework
   * that the app does not use. A bundle without these conditions is complete but larger.
   */
  readonly bundleConditions: readonly string[];
  readonly source: SourceLine | undefined;
}

export interface RouteDefinition {
  readonly kind: 'route';
  /** Upper-case. */
  readonly method: string;
  /** `/users/{username}`, greedy `/files/{path+}`. */
  readonly path: string;
  /** The Lambda function of the route: `APIHandler`, unless its router or `stream: true` selects another one. */
  readonly function: string;
  readonly options: RouteDefinitionOptions;
  /** The names under `auth` that guard it, app and router defaults resolved; empty for an open route. */
  readonly auth: readonly string[];
  /** App default and route override resolved. */
  readonly cors: CorsDefinition | undefined;
  readonly source: SourceLine | undefined;
}

export interface RouteDefinitionOptions {
  readonly body?: Schema | BodyDefinition;
  readonly query?: Schema;
  readonly params?: Schema;
  readonly headers?: Schema;
  readonly response?: Schema | { readonly [status: number]: Schema };
  readonly status?: number;
  readonly errors?: readonly { readonly code: string; readonly status: number; readonly title: string }[];
  readonly summary?: string;
  readonly description?: string;
  readonly stream?: true;
  readonly scopes?: readonly string[];
  readonly tags?: readonly string[];
}

/** A body that is not plain JSON: `form(schema)`, `multipart()`, `raw()`. */
export interface BodyDefinition {
  readonly kind: 'form' | 'multipart' | 'raw';
  /** Accepted media types; empty for any. */
  readonly contentTypes: readonly string[];
  readonly schema?: Schema;
  /**
   * The input of the schema, or a promise of it. Throws UnsupportedMediaType for another content type, and BadRequest
   * if the bytes are malformed.
   */
  decode(bytes: Uint8Array, contentType: string | undefined): unknown;
}

export interface SourceDefinition {
  readonly kind: 'queue' | 'topic' | 'bucket' | 'stream' | 'tableStream' | 'bus' | 'schedule' | 'websocket' | 'lambda';
  readonly options: Readonly<Record<string, unknown>>;
}

export interface AuthorizerDefinition {
  readonly kind: 'iam' | 'cognito' | 'jwt' | 'authorizer' | 'apiKey';
  readonly options: Readonly<Record<string, unknown>>;
}

export interface CorsDefinition {
  /** Exact origins, or `['*']`. */
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly credentials: boolean;
}

export interface EventHandlerDefinition {
  readonly kind: 'event';
  /** The name under `sources`, which is also the name of its Lambda function. */
  readonly source: string;
  readonly line: SourceLine | undefined;
}
