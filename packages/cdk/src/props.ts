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

/** The settings of a deployed stage: those of `goblet.config.ts` for `goblet local` and `goblet package`, and CDK's. */
export interface StageOptions extends Pick<AppStageOptions, 'stageName' | 'stageVariables'> {
  /**
   * Writes one JSON line for each request to a log group that is deleted with the stack. REST and WebSocket APIs need
   * an account whose settings let API Gateway write logs (`AWS::ApiGateway::Account`); this construct does not change
   * them.
   * @default false
   */
  readonly accessLogs?: boolean;
  /**
   * Traces requests through the stage with X-Ray; REST APIs only. Functions have `tracing`.
   * @default false
   */
  readonly tracingEnabled?: boolean;
  /**
   * Requests a second, and the burst above it, for the whole stage.
   * @default - the account's throttle
   */
  readonly throttle?: ThrottleOptions;
  /**
   * The domain of the routes, or of the WebSocket API if there are no routes.
   * @default - the URL that API Gateway assigns
   */
  readonly domain?: DomainOptions;
}

/** Limits of the requests to a stage: requests per second, and requests at once. */
export interface ThrottleOptions {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** The custom domain of an API. */
export interface DomainOptions {
  readonly domainName: string;
  /** In the stack's region: the domain's endpoint is regional. */
  readonly certificate: acm.ICertificate;
  /** @default - the domain's root */
  readonly basePath?: string;
}

/** Options of the construct that do not depend on the app. */
export interface GobletOptions extends StageOptions, FunctionOptions {
  /** The file that exports `app`, or its folder: a path or a `file:` URL. */
  readonly entry: string | URL;
  /**
   * Options of single functions by their name in the inventory; they override those of the construct.
   * The construct's own `role` applies only to `APIHandler`.
   * @default - the same options for all functions
   */
  readonly functions?: Readonly<Record<string, FunctionOptions>>;
  /**
   * The stack outputs `APIHandlerArn`, `APIHandlerName`, `RestAPIId` and `EndpointURL` for routes, and `WebSocketAPIId`
   * and `WebSocketURL` for a WebSocket API. `false` omits them; use `prefix` for the second app of a stack.
   * @default - outputs without a prefix
   */
  readonly outputs?: false | OutputOptions;
  /** REST APIs only. @default - every media type */
  readonly binaryMediaTypes?: readonly string[];
  /**
   * Packages that stay outside the bundle because they cannot be bundled; provide them at run time with `include`.
   * @default - none
   */
  readonly external?: readonly string[];
  /**
   * Files and folders of the project to put beside the bundle, under the same paths.
   * @default - none
   */
  readonly include?: readonly string[];
  /**
   * Shows stack traces in lines of the source. This reads the source map at every cold start (20 ms for a bundle with
   * the AWS SDK).
   * @default false
   */
  readonly sourceMaps?: boolean;
}

/** Names of the outputs of the stack. */
export interface OutputOptions {
  readonly prefix: string;
}

/** A token issuer, for a `jwt` authorizer. */
export interface JwtIssuer {
  /** The issuer's URL. */
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** A user pool and the clients whose tokens are accepted; an HTTP API requires them. */
export interface UserPoolBinding {
  readonly userPool: cognito.IUserPool;
  readonly userPoolClients: cognito.IUserPoolClient[];
}

/** The usage plan of the API keys. */
export interface ApiKeyBinding {
  /** @default - a new key with a value that API Gateway generates */
  readonly apiKeys?: apigateway.IApiKey[];
  /** @default - the account's throttle */
  readonly throttle?: ThrottleOptions;
  /** @default - none */
  readonly quota?: apigateway.QuotaSettings;
}

/** The required binding of an authorizer, by its kind. */
export interface AuthorizerBindings {
  readonly cognito: cognito.IUserPool | UserPoolBinding;
  readonly jwt: JwtIssuer;
}

/** The optional binding of an authorizer, by its kind. */
export interface OptionalAuthorizerBindings {
  readonly apiKey: ApiKeyBinding;
}

/** The resource behind any authorizer of the app. */
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

/** A property that is optional if everything in it is optional. */
type Needed<Name extends string, T> = {} extends T ? { readonly [K in Name]?: T } : { readonly [K in Name]: T };

/** The bindings that an app requires: environment variables, sources and authorizers. */
export type Needs<A extends AnyApp> =
  A extends Routes<infer C>
    ? Needed<'environment', Omit<C['environment'], LambdaVariable> & RuntimeEnvironment> &
        Needed<'sources', Bound<C['sources'], SourceBindings>> &
        Needed<'auth', Bound<C['auth'], AuthorizerBindings> & Partial<Bound<C['auth'], OptionalAuthorizerBindings>>>
    : UncheckedNeeds;

/** An app's functions by name; the compiler knows those of its sources. */
export type Functions<A extends AnyApp> = Readonly<Record<string, lambda.Function>> &
  (A extends Routes<infer C> ? { readonly [K in keyof C['sources']]: lambda.Function } : unknown);

/** Props of `Goblet<typeof app>`: missing or misspelled bindings do not compile. */
export type GobletProps<A extends AnyApp = AnyApp> = GobletOptions & Needs<A>;
