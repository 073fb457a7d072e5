import { defined } from '../../../core/defined.js';
import type { ApiModel, Authorization, AuthorizerDefinition, CorsConfiguration, Integration } from '../model.js';

export interface HttpRoute {
  /** `GET /users/{name}`, `ANY /files/{path+}`, `$default` */
  readonly routeKey: string;
  /** Of the function, as the Invoker knows it; an address for HTTP_PROXY. */
  readonly uri: string;
  /** AWS of a subtype calls a service. @default AWS_PROXY */
  readonly type?: 'AWS_PROXY' | 'HTTP_PROXY' | 'AWS';
  readonly subtype?: string;
  /** Changes of the request, or the parameters of a subtype. @default none */
  readonly requestParameters?: Readonly<Record<string, string>>;
  readonly responseMappings?: Integration['responseMappings'];
  /** The ARN of the role that calls. */
  readonly credentials?: string;
  readonly connectionType?: Integration['connectionType'];
  readonly tlsConfig?: Integration['tlsConfig'];
  /** Of HTTP_PROXY. @default the request's own */
  readonly httpMethod?: string;
  /** @default open */
  readonly authorization?: Authorization;
  /** @default 30,000 */
  readonly timeoutInMillis?: number;
}

export interface HttpApiSettings {
  readonly name: string;
  readonly routes: readonly HttpRoute[];
  readonly authorizers?: Readonly<Record<string, AuthorizerDefinition>>;
  readonly cors?: CorsConfiguration;
}

/** The model of an HTTP API whose routes each invoke a function with payload format 2.0. */
export function httpApiModel({ name, routes, authorizers = {}, cors }: HttpApiSettings): ApiModel {
  return {
    protocol: 'HTTP',
    name,
    routes: routes.map(({ routeKey, uri, authorization = { kind: 'NONE' }, timeoutInMillis = 30_000, ...target }) => {
      const [method = '', path = ''] = routeKey === '$default' ? ['ANY', '$default'] : routeKey.split(' ');
      return {
        method,
        path,
        authorization,
        apiKeyRequired: false,
        requestParameters: {},
        methodResponses: {},
        integration: {
          type: target.type ?? 'AWS_PROXY',
          uri,
          ...defined({ httpMethod: target.httpMethod, subtype: target.subtype }),
          ...(target.requestParameters && { requestParameters: target.requestParameters }),
          ...(target.responseMappings && { responseMappings: target.responseMappings }),
          ...defined({ credentials: target.credentials }),
          ...(target.connectionType && { connectionType: target.connectionType }),
          ...(target.tlsConfig && { tlsConfig: target.tlsConfig }),
          payloadFormatVersion: '2.0',
          timeoutInMillis,
          responseTransferMode: 'BUFFERED',
          passthroughBehavior: 'WHEN_NO_MATCH',
          requestTemplates: {},
          responses: [],
        },
      };
    }),
    authorizers,
    gatewayResponses: {},
    requestValidators: {},
    binaryMediaTypes: [],
    apiKeySource: 'HEADER',
    ...(cors && { cors }),
  };
}
