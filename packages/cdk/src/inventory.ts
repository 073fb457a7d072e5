import { GobletError } from './errors.js';

/** What the construct reads of an inventory, version 1; `@goblet/build` publishes all of it as JSON Schema. */
export interface Inventory {
  readonly version: 1;
  readonly name: string;
  readonly api: 'rest' | 'http';
  readonly functions: readonly InventoryFunction[];
  readonly routes: readonly InventoryRoute[];
  readonly authorizers: readonly InventoryAuthorizer[];
  readonly sources: readonly InventorySource[];
  readonly environment: readonly { readonly name: string; readonly required: boolean }[];
  readonly alsoBehind?: readonly string[];
  readonly source?: InventoryLine;
}

export interface InventoryLine {
  readonly file: string;
  readonly line: number;
}

export interface InventoryFunction {
  readonly name: string;
  readonly kind: 'api' | 'source' | 'authorizer';
  readonly stream?: true;
}

export interface InventoryRoute {
  readonly method: string;
  readonly path: string;
  readonly function: string;
  readonly auth: readonly string[];
  readonly scopes?: readonly string[];
  readonly stream?: true;
  readonly cors?: InventoryCors;
  readonly source?: InventoryLine;
}

export interface InventoryCors {
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
  readonly credentials: boolean;
}

export interface InventoryAuthorizer {
  readonly name: string;
  readonly kind: 'iam' | 'cognito' | 'jwt' | 'authorizer' | 'apiKey';
  readonly function?: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface InventorySource {
  readonly name: string;
  readonly kind: string;
  readonly function?: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly source?: InventoryLine;
}

/** The routes, authorizers and CORS of an HTTP API. */
export interface HttpApiDefinition {
  readonly routes: readonly HttpApiRoute[];
  readonly authorizers: readonly HttpApiAuthorizer[];
  readonly cors?: HttpApiCors;
}

export interface HttpApiRoute {
  readonly method: string;
  readonly path: string;
  readonly function: string;
  readonly authorizer?: string;
  readonly scopes?: readonly string[];
}

export type HttpApiAuthorizer =
  | { readonly name: string; readonly kind: 'iam' | 'cognito' | 'jwt' }
  | {
      readonly name: string;
      readonly kind: 'authorizer';
      readonly function: string;
      readonly identitySources: readonly string[];
      /** Seconds. */
      readonly ttl: number;
    };

export interface HttpApiCors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  /** Seconds. */
  readonly maxAge?: number;
}

/** What one run of `goblet-build` gave. */
export interface AppBuild {
  readonly inventory: Inventory;
  /** Short hash of the inventory's infrastructure: it changes when functions, routes or needs do, not when lines move. */
  readonly digest: string;
  /** The OpenAPI document of a REST API, in which `{{goblet:…}}` stands for what CDK knows. */
  readonly definition?: Readonly<Record<string, unknown>>;
  /** Of an HTTP API with routes. */
  readonly httpApi?: HttpApiDefinition;
  readonly bundle?: { readonly folder: string; readonly hash: string };
}

interface Failure {
  readonly failure: { readonly code: string; readonly sentence: string; readonly detail?: string };
}

/** @throws GobletError for a failure that was replied, and for an inventory of another version */
export function parseReply(text: string): AppBuild {
  const reply = JSON.parse(text) as AppBuild | Failure;
  if ('failure' in reply) {
    const { code, sentence, detail } = reply.failure;
    throw new GobletError(code, sentence, detail);
  }
  if (reply.inventory.version !== 1) {
    throw new GobletError(
      'GOBLET_CDK_BUILD_FAILED',
      `@goblet/build writes inventories of version ${String(reply.inventory.version)}, @goblet/cdk reads version 1; install the same version of both`,
    );
  }
  return reply;
}

/** Where a function is declared: at the first of its routes, at its handler, or at the first route that it guards. */
export function functionLine({ routes, sources }: Inventory, name: string): InventoryLine | undefined {
  const declared =
    routes.find((route) => route.function === name) ??
    sources.find((source) => source.function === name) ??
    routes.find(({ auth }) => auth.includes(name));
  return declared?.source;
}

/** ` (app.ts:12)`, or nothing where the line is not known. */
export function at(line: InventoryLine | undefined): string {
  return line === undefined ? '' : ` (${line.file}:${line.line})`;
}
