// Types only. `inventory.schema.json` is written from them: node packages/build/scripts/inventory-schema.js

/** The declarations of an app as plain data. They depend on the source alone, and every artifact reads only them. */
export interface Inventory {
  /** Version of the inventory format. It changes if a reader of the previous version could misread it. */
  readonly version: 1;
  /** The app's name, as given to `new App(name)`. */
  readonly name: string;
  /** The kind of API Gateway API that the routes belong to. */
  readonly api: 'rest' | 'http';
  /** The entry file, relative to the project (the folder of the nearest package.json). */
  readonly entry: string;
  /** Other front doors of the API handler, if the app names any: a Function URL (`url`), a load balancer (`alb`). */
  readonly alsoBehind?: readonly string[];
  /** Every Lambda function of the app; all of them are exports of one bundle. */
  readonly functions: readonly InventoryFunction[];
  /** In order of declaration. */
  readonly routes: readonly InventoryRoute[];
  /** The authorizers that the app declares under `auth`. */
  readonly authorizers: readonly InventoryAuthorizer[];
  /** The event sources that the app declares under `sources`. */
  readonly sources: readonly InventorySource[];
  /** The environment variables that the app declares under `env`. */
  readonly environment: readonly InventoryVariable[];
  /** Every schema that a route or a source names, or that the entry exports, by a name that is unique in the app. */
  readonly schemas: Readonly<Record<string, InventorySchema>>;
  /** Conditions under which a bundler leaves out the parts of the framework that the app does not use. */
  readonly bundleConditions: readonly string[];
  /** Where the app is created. */
  readonly source?: InventoryLine;
}

/** A place in the source, with the path relative to the project. */
export interface InventoryLine {
  /** With slashes on every system; `../` points to another package of a monorepo. */
  readonly file: string;
  /**
   * Counted from 1.
   * @asType integer
   * @minimum 1
   */
  readonly line: number;
}

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One schema in both directions: requests carry its input, responses its output. */
export interface InventorySchema {
  /** The schema library, by the name that it gives itself: `zod`, `valibot`, `arktype`. */
  readonly vendor: string;
  /** The contents of requests and events; absent if the library cannot express it. */
  readonly input?: JsonSchema;
  /** The contents of responses; absent if the library cannot express it. */
  readonly output?: JsonSchema;
  /** The reason why `input` or `output` is absent or incomplete. */
  readonly reason?: string;
}

/** One Lambda function of the app. */
export interface InventoryFunction {
  /**
   * Its logical name, which is also the name of the export in the bundle.
   * @pattern ^[A-Za-z][A-Za-z0-9]*$
   */
  readonly name: string;
  /** The caller: API Gateway for routes, an event source, or API Gateway for an authorizer. */
  readonly kind: 'api' | 'source' | 'authorizer';
  /** True if responses are streamed. */
  readonly stream?: true;
}

/** One method of one path. */
export interface InventoryRoute {
  /**
   * Upper-case.
   * @pattern ^[A-Z]+$
   */
  readonly method: string;
  /**
   * `/users/{username}`, greedy `/files/{path+}`.
   * @pattern ^/
   */
  readonly path: string;
  /** The name of the function that answers. */
  readonly function: string;
  /** Names of authorizers, all of which must allow the caller. Empty for an open route. */
  readonly auth: readonly string[];
  /** OAuth scopes, of which a token needs at least one. */
  readonly scopes?: readonly string[];
  /** The name under which the app exports the route's handle, if it does. */
  readonly handle?: string;
  /** One line, for OpenAPI. */
  readonly summary?: string;
  /** Markdown, for OpenAPI. */
  readonly description?: string;
  /** For OpenAPI. */
  readonly tags?: readonly string[];
  /** True if the response is streamed. */
  readonly stream?: true;
  /** Absent if the route answers no other origin. */
  readonly cors?: InventoryCors;
  /** Absent if the route declares none. */
  readonly body?: InventoryBody;
  /** The name of the schema of the query string, in `schemas`. */
  readonly query?: string;
  /** The name of the schema of the path's variables. */
  readonly params?: string;
  /** The name of the schema of the headers, which are in lower case. */
  readonly headers?: string;
  /**
   * The declared responses; empty if the app declares neither schema nor status. A response without a schema has a body
   * of unknown shape.
   */
  readonly responses: readonly InventoryResponse[];
  /** The errors that the route declares, in addition to those that come before its handler. */
  readonly errors: readonly InventoryError[];
  /** Where the route is declared. */
  readonly source?: InventoryLine;
}

/** The body that a route accepts. */
export interface InventoryBody {
  /** How the body is decoded. */
  readonly kind: 'json' | 'form' | 'multipart' | 'raw';
  /** Media types accepted; empty for any. */
  readonly contentTypes: readonly string[];
  /** The name of its schema. */
  readonly schema?: string;
}

/** One status with which a route answers. */
export interface InventoryResponse {
  /**
   * HTTP status.
   * @asType integer
   * @minimum 100
   * @maximum 599
   */
  readonly status: number;
  /** The name of the schema of its body. */
  readonly schema?: string;
}

/** A problem document (RFC 9457) with which a route answers. */
export interface InventoryError {
  /** Stable, for programs: `USER_EXISTS`. */
  readonly code: string;
  /**
   * HTTP status.
   * @asType integer
   * @minimum 400
   * @maximum 599
   */
  readonly status: number;
  /** For people. */
  readonly title: string;
}

/** The answer of a route to other origins. */
export interface InventoryCors {
  /** Exact origins, or `['*']`. */
  readonly origins: readonly string[];
  /** Allowed request headers. */
  readonly headers: readonly string[];
  /** Response headers that scripts may read. */
  readonly exposeHeaders: readonly string[];
  /**
   * Seconds for which a browser may cache the answer to a preflight.
   * @asType integer
   * @minimum 0
   */
  readonly maxAge?: number;
  /** True if browsers may send credentials such as cookies. */
  readonly credentials: boolean;
}

/** The kinds of authorizers. */
export type AuthorizerKind = 'iam' | 'cognito' | 'jwt' | 'authorizer' | 'apiKey';

/** Decides who may call a route. */
export interface InventoryAuthorizer {
  /** The key under `auth`. */
  readonly name: string;
  readonly kind: AuthorizerKind;
  /** For kind `authorizer`: the function that decides. */
  readonly function?: string;
  /** The declared options, without functions and schemas, which JSON cannot represent. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The kinds of event sources. */
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

/** Where events come from. */
export interface InventorySource {
  /** The key under `sources`. */
  readonly name: string;
  readonly kind: SourceKind;
  /** The function that handles it; absent if nothing does. */
  readonly function?: string;
  /** The declared options, without functions and schemas. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Names of schemas, by the option that gave them: `body`, or `messages.join` for one of several. */
  readonly schemas: Readonly<Record<string, string>>;
  /** Where its handler is declared. */
  readonly source?: InventoryLine;
}

/** An environment variable that the app reads. */
export interface InventoryVariable {
  /** The key under `env`. */
  readonly name: string;
  /** How its text is read; `schema` if a schema of the app reads it. */
  readonly type: 'string' | 'number' | 'boolean' | 'schema';
  /** False if a schema accepts the variable's absence. */
  readonly required: boolean;
}
