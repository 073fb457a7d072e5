// Types only. `inventory.schema.json` is written from them: node packages/build/scripts/inventory-schema.js

/** What an app declares, as plain data. It depends on source alone, and every artifact reads only it. */
export interface Inventory {
  /** Of the form of the inventory. It changes where a reader of the version before could read it wrong. */
  readonly version: 1;
  /** The app's name, as `new App(name)` has it. */
  readonly name: string;
  /** The kind of API Gateway API that the routes belong to. */
  readonly api: 'rest' | 'http';
  /** The entry file, relative to the project (the folder of the nearest package.json). */
  readonly entry: string;
  /** Other front doors of the API handler, where the app names any: a Function URL (`url`), a load balancer (`alb`). */
  readonly alsoBehind?: readonly string[];
  /** Every Lambda function of the app; all of them are exports of one bundle. */
  readonly functions: readonly InventoryFunction[];
  /** In the order of their declaration. */
  readonly routes: readonly InventoryRoute[];
  /** What the app declares under `auth`. */
  readonly authorizers: readonly InventoryAuthorizer[];
  /** What the app declares under `sources`: where its events come from. */
  readonly sources: readonly InventorySource[];
  /** What the app declares under `env`. */
  readonly environment: readonly InventoryVariable[];
  /** Every schema that a route or a source names, or that the entry exports, by a name that is unique in the app. */
  readonly schemas: Readonly<Record<string, InventorySchema>>;
  /** What the bundler replaces so that the parts of the framework which the app does not use are dropped. */
  readonly bundleDefine: Readonly<Record<string, string>>;
  /** Where the app is made. */
  readonly source?: InventoryLine;
}

/** A place in the source, with the path relative to the project. */
export interface InventoryLine {
  /** With slashes on every system; `../` leads to another package of a monorepo. */
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

/** One schema both ways: requests carry its input, responses its output. */
export interface InventorySchema {
  /** Who made it, by the name that the schema library gives itself: `zod`, `valibot`, `arktype`. */
  readonly vendor: string;
  /** What requests and events carry; absent where the library cannot say it. */
  readonly input?: JsonSchema;
  /** What responses carry; absent where the library cannot say it. */
  readonly output?: JsonSchema;
  /** Why `input` or `output` is absent, or says nothing of a part of the schema. */
  readonly reason?: string;
}

/** One Lambda function of the app. */
export interface InventoryFunction {
  /**
   * Its logical name, which is also the name of the export in the bundle.
   * @pattern ^[A-Za-z][A-Za-z0-9]*$
   */
  readonly name: string;
  /** What calls it: the API's gateway, an event source, or API Gateway asking whom to admit. */
  readonly kind: 'api' | 'source' | 'authorizer';
  /** True where responses are streamed. */
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
  /** Names of authorizers, all of which have to admit. Empty for an open route. */
  readonly auth: readonly string[];
  /** OAuth scopes, one of which a token has to have. */
  readonly scopes?: readonly string[];
  /** The name under which the app exports the route's handle, where it does. */
  readonly handle?: string;
  /** One line, for OpenAPI. */
  readonly summary?: string;
  /** Markdown, for OpenAPI. */
  readonly description?: string;
  /** For OpenAPI. */
  readonly tags?: readonly string[];
  /** True where the response is streamed. */
  readonly stream?: true;
  /** Absent where the route answers no other origin. */
  readonly cors?: InventoryCors;
  /** Absent where the route declares none. */
  readonly body?: InventoryBody;
  /** The name of the schema of the query string, in `schemas`. */
  readonly query?: string;
  /** The name of the schema of the path's variables. */
  readonly params?: string;
  /** The name of the schema of the headers, which are in lower case. */
  readonly headers?: string;
  /** The declared responses, none where the app declares neither schema nor status; one without a schema has a body of unknown shape. */
  readonly responses: readonly InventoryResponse[];
  /** The errors that the route declares, beside those that come before its handler. */
  readonly errors: readonly InventoryError[];
  /** Where it is declared. */
  readonly source?: InventoryLine;
}

/** What a route takes as its body. */
export interface InventoryBody {
  /** How it is decoded. */
  readonly kind: 'json' | 'form' | 'multipart' | 'raw';
  /** Media types accepted; empty for any. */
  readonly contentTypes: readonly string[];
  /** The name of its schema. */
  readonly schema?: string;
}

/** One status that a route answers with. */
export interface InventoryResponse {
  /**
   * Of HTTP.
   * @asType integer
   * @minimum 100
   * @maximum 599
   */
  readonly status: number;
  /** The name of the schema of its body. */
  readonly schema?: string;
}

/** A problem document (RFC 9457) that a route answers with. */
export interface InventoryError {
  /** Stable, for programs: `USER_EXISTS`. */
  readonly code: string;
  /**
   * Of HTTP.
   * @asType integer
   * @minimum 400
   * @maximum 599
   */
  readonly status: number;
  /** For people. */
  readonly title: string;
}

/** What a route answers to other origins. */
export interface InventoryCors {
  /** Exact origins, or `['*']`. */
  readonly origins: readonly string[];
  /** Request headers that are allowed. */
  readonly headers: readonly string[];
  /** Response headers that scripts may read. */
  readonly exposeHeaders: readonly string[];
  /**
   * Seconds for which a browser may keep the answer to a preflight.
   * @asType integer
   * @minimum 0
   */
  readonly maxAge?: number;
  /** True where cookies and the like may be sent. */
  readonly credentials: boolean;
}

export type AuthorizerKind = 'iam' | 'cognito' | 'jwt' | 'authorizer' | 'apiKey';

/** Who decides whom a route admits. */
export interface InventoryAuthorizer {
  /** The key under `auth`. */
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

/** Where events come from. */
export interface InventorySource {
  /** The key under `sources`. */
  readonly name: string;
  readonly kind: SourceKind;
  /** The function that handles it; absent where nothing does. */
  readonly function?: string;
  /** What was declared beside functions and schemas. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Names of schemas, by the option that gave them: `body`, and `messages.join` for one of several. */
  readonly schemas: Readonly<Record<string, string>>;
  /** Where its handler is declared. */
  readonly source?: InventoryLine;
}

/** A variable of the environment that the app reads. */
export interface InventoryVariable {
  /** The key under `env`. */
  readonly name: string;
  /** How its text is read; `schema` where a schema of the app's reads it. */
  readonly type: 'string' | 'number' | 'boolean' | 'schema';
  /** False where a schema accepts the variable's absence. */
  readonly required: boolean;
}
