/**
 * The inventory: what an app declares, as plain data. It depends on source alone, and every artifact reads only it.
 */
export interface Inventory {
  readonly version: 1;
  readonly name: string;
  /** The kind of API Gateway API that the routes belong to. */
  readonly api: 'rest' | 'http';
  /** The entry file, relative to the project (the folder of the nearest package.json). */
  readonly entry: string;
  /** Other front doors of the API handler, where the app names any: a Function URL (`url`), a load balancer (`alb`). */
  readonly alsoBehind?: readonly string[];
  readonly functions: readonly InventoryFunction[];
  readonly routes: readonly InventoryRoute[];
  readonly authorizers: readonly InventoryAuthorizer[];
  readonly sources: readonly InventorySource[];
  readonly environment: readonly InventoryVariable[];
  /** Every schema that a route or a source names, by a name that is unique in the app. */
  readonly schemas: Readonly<Record<string, InventorySchema>>;
  /** What the bundler replaces so that the parts of the framework which the app does not use are dropped. */
  readonly bundleDefine: Readonly<Record<string, string>>;
  readonly source?: InventoryLine;
}

/** A place in the source, with the path relative to the project. */
export interface InventoryLine {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** One schema both ways: requests carry its input, responses its output. */
export interface InventorySchema {
  /** Who made it, by the name that the schema library gives itself: `zod`, `valibot`, `arktype`. */
  readonly vendor: string;
  /** JSON Schema draft 2020-12, absent where the library cannot say it. */
  readonly input?: JsonSchema;
  readonly output?: JsonSchema;
  /** Why `input` or `output` is absent. */
  readonly reason?: string;
}

/** One Lambda function of the app. */
export interface InventoryFunction {
  /** Its logical name, which is also the name of the export in the bundle. */
  readonly name: string;
  readonly kind: 'api' | 'source' | 'authorizer';
  /** True where responses are streamed. */
  readonly stream?: true;
}

export interface InventoryRoute {
  /** Upper-case. */
  readonly method: string;
  /** `/users/{username}`, greedy `/files/{path+}`. */
  readonly path: string;
  readonly function: string;
  /** Names of authorizers, all of which have to admit. Empty for an open route. */
  readonly auth: readonly string[];
  readonly scopes?: readonly string[];
  /** The name under which the app exports the route's handle, where it does. */
  readonly handle?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly stream?: true;
  readonly cors?: InventoryCors;
  readonly body?: InventoryBody;
  /** Names of schemas. */
  readonly query?: string;
  readonly params?: string;
  readonly headers?: string;
  /** The declared responses, none where the app declares neither schema nor status; one without a schema has a body of unknown shape. */
  readonly responses: readonly InventoryResponse[];
  readonly errors: readonly InventoryError[];
  readonly source?: InventoryLine;
}

export interface InventoryBody {
  readonly kind: 'json' | 'form' | 'multipart' | 'raw';
  /** Media types accepted; empty for any. */
  readonly contentTypes: readonly string[];
  readonly schema?: string;
}

export interface InventoryResponse {
  readonly status: number;
  readonly schema?: string;
}

export interface InventoryError {
  readonly code: string;
  readonly status: number;
  readonly title: string;
}

export interface InventoryCors {
  /** Exact origins, or `['*']`. */
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
  readonly credentials: boolean;
}

export type AuthorizerKind = 'iam' | 'cognito' | 'jwt' | 'authorizer' | 'apiKey';

export interface InventoryAuthorizer {
  readonly name: string;
  readonly kind: AuthorizerKind;
  /** For kind `authorizer`: the function that decides. */
  readonly function?: string;
  /** What was declared beside functions and schemas, which have no place in JSON. */
  readonly options: Readonly<Record<string, unknown>>;
}

export type SourceKind =
  | 'queue'
  | 'topic'
  | 'bucket'
  | 'stream'
  | 'tableStream'
  | 'bus'
  | 'schedule'
  | 'websocket'
  | 'lambda';

export interface InventorySource {
  readonly name: string;
  readonly kind: SourceKind;
  /** The function that handles it; absent where nothing does. */
  readonly function?: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Names of schemas, by the option that gave them. */
  readonly schemas: Readonly<Record<string, string>>;
  /** Where its handler is declared. */
  readonly source?: InventoryLine;
}

export interface InventoryVariable {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'schema';
  /** False where a schema accepts the variable's absence. */
  readonly required: boolean;
}
