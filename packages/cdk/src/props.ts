import type { StageOptions as AppStageOptions } from '@goblet/build/stage-options' with { 'resolution-mode': 'import' };
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { AnyApp, Routes } from 'goblet' with { 'resolution-mode': 'import' };
import type { LambdaVariable, RuntimeEnvironment } from './environment.js';
import type { FunctionOptions } from './function-options.js';
import type { SourceBinding, SourceBindings } from './sources/index.js';

export type { FunctionOptions } from './function-options.js';

/** The settings of a deployed stage: those that `goblet.config.ts` has for `goblet local` and `goblet package`, and CDK's. */
export interface StageOptions extends Pick<AppStageOptions, 'stageName' | 'stageVariables'> {
  /**
   * Writes one JSON line a request to a log group that goes with the stack. REST and WebSocket APIs can do so in an account
   * that lets API Gateway write logs (`AWS::ApiGateway::Account`), which is an account's setting and not this construct's.
   * @default false
   */
  readonly accessLogs?: boolean;
  /** Whether X-Ray traces requests through the stage; REST APIs only. Functions have `tracing`. @default false */
  readonly tracingEnabled?: boolean;
  /** Requests a second, and the burst above it, for the stage as a whole. @default - the account's */
  readonly throttle?: ThrottleOptions;
  /** Of the routes; of the WebSocket API where there are none. @default - the address that API Gateway gives */
  readonly domain?: DomainOptions;
}

export interface ThrottleOptions {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

export interface DomainOptions {
  readonly domainName: string;
  /** Of the stack's region: the domain's endpoint is regional. */
  readonly certificate: acm.ICertificate;
  /** @default - the domain's root */
  readonly basePath?: string;
}

export interface GobletOptions extends StageOptions, FunctionOptions {
  /** The file that exports `app`, or its folder: a path or a `file:` URL. */
  readonly entry: string | URL;
  /**
   * Options of one function, by its name in the inventory; they win over those of the construct.
   * The construct's own `role` is the role of `APIHandler` alone.
   * @default - all functions alike
   */
  readonly functions?: Readonly<Record<string, FunctionOptions>>;
  /**
   * The stack outputs `APIHandlerArn`, `APIHandlerName`, `RestAPIId` and `EndpointURL` for routes, `WebSocketAPIId` and
   * `WebSocketURL` for a WebSocket API; `false` for none, `prefix` for the second app of a stack.
   * @default - the names as they are
   */
  readonly outputs?: false | OutputOptions;
  /** REST APIs only. @default - every media type */
  readonly binaryMediaTypes?: readonly string[];
  /**
   * Packages that stay outside the bundle, for those that cannot be bundled; give what they need at run time as
   * `include`. @default - none
   */
  readonly external?: readonly string[];
  /** Files and folders of the project that go beside the bundle, under the paths they have there. @default - none */
  readonly include?: readonly string[];
  /**
   * Shows stacks in lines of the source, at the cost of reading the source map at every cold start (20 ms for a bundle
   * with the AWS SDK). @default false
   */
  readonly sourceMaps?: boolean;
}

export interface OutputOptions {
  readonly prefix: string;
}

/** A token issuer, for a `jwt` authorizer. */
export interface JwtIssuer {
  /** The issuer's URL. */
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** A user pool, and the clients whose tokens are accepted; an HTTP API asks for them. */
export interface UserPoolBinding {
  readonly userPool: cognito.IUserPool;
  readonly userPoolClients: cognito.IUserPoolClient[];
}

/** The usage plan under which API keys call. */
export interface ApiKeyBinding {
  /** @default - one that is made, with a value of API Gateway's */
  readonly apiKeys?: apigateway.IApiKey[];
  /** @default - the account's */
  readonly throttle?: ThrottleOptions;
  /** @default - none */
  readonly quota?: apigateway.QuotaSettings;
}

/** What an authorizer has to be bound to, by its kind. */
export interface AuthorizerBindings {
  readonly cognito: cognito.IUserPool | UserPoolBinding;
  readonly jwt: JwtIssuer;
}

/** What an authorizer may be bound to, by its kind. */
export interface OptionalAuthorizerBindings {
  readonly apiKey: ApiKeyBinding;
}

export type AuthorizerBinding =
  | AuthorizerBindings[keyof AuthorizerBindings]
  | OptionalAuthorizerBindings[keyof OptionalAuthorizerBindings];

/** The needs of an unknown app: checked at synth, not by the compiler. */
export interface UncheckedNeeds {
  /** Values of the app's environment variables. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly sources?: Readonly<Record<string, SourceBinding>>;
  /** @default - none */
  readonly auth?: Readonly<Record<string, AuthorizerBinding>>;
}

type Bound<Declared, Bindings> = {
  readonly [K in keyof Declared as Declared[K] extends { readonly kind: keyof Bindings }
    ? K
    : never]: Declared[K] extends { readonly kind: infer Kind extends keyof Bindings } ? Bindings[Kind] : never;
};

/** A property that may be left out where nothing in it is needed. */
type Needed<Name extends string, T> = {} extends T ? { readonly [K in Name]?: T } : { readonly [K in Name]: T };

export type Needs<A extends AnyApp> =
  A extends Routes<infer C>
    ? Needed<'environment', Omit<C['environment'], LambdaVariable> & RuntimeEnvironment> &
        Needed<'sources', Bound<C['sources'], SourceBindings>> &
        Needed<'auth', Bound<C['auth'], AuthorizerBindings> & Partial<Bound<C['auth'], OptionalAuthorizerBindings>>>
    : UncheckedNeeds;

/** An app's functions by name; those of its sources are known to the compiler. */
export type Functions<A extends AnyApp> = Readonly<Record<string, lambda.Function>> &
  (A extends Routes<infer C> ? { readonly [K in keyof C['sources']]: lambda.Function } : unknown);

/** Props of `Goblet<typeof app>`: needs that are unbound or misspelt do not compile. */
export type GobletProps<A extends AnyApp = AnyApp> = GobletOptions & Needs<A>;
