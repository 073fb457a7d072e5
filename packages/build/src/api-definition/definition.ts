/** Addresses of everything that a definition refers to: CDK tokens, Fn::Sub texts or local names. */
export interface ApiBindings {
  /**
   * The integration URI of a function by its logical name:
   * `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations`.
   */
  readonly functionUri: (name: string) => string;
  /** The same for a streaming function: `…/2021-11-15/functions/<function ARN>/response-streaming-invocations`. */
  readonly streamingUri?: (name: string) => string;
  /** The user pools that a `cognito` authorizer accepts, by the authorizer's name. */
  readonly userPoolArns?: (authorizer: string) => readonly string[];
  /** Default: all (`any media type`). */
  readonly binaryMediaTypes?: readonly string[];
}

/** A document that `ImportRestApi` and `AWS::ApiGateway::RestApi` accept as their body. */
export interface ApiDefinition {
  readonly openapi: '3.0.1';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: { readonly securitySchemes: Readonly<Record<string, unknown>> };
  readonly 'x-amazon-apigateway-binary-media-types': readonly string[];
  readonly 'x-amazon-apigateway-gateway-responses'?: Readonly<Record<string, unknown>>;
}

/** Operations by lower-case method, and `x-amazon-apigateway-any-method`. */
export type PathItem = Readonly<Record<string, Operation>>;

/** One method of a path in the definition that API Gateway imports. */
export interface Operation {
  readonly parameters?: readonly unknown[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-amazon-apigateway-integration': Readonly<Record<string, unknown>>;
}
