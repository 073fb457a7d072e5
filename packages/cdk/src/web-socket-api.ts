import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIamAuthorizer, WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { secondWebSocketApi } from './errors/app.js';
import { functionGrantee } from './functions.js';
import { GobletError } from './goblet-error.js';
import type { Inventory, InventorySource } from './inventory.js';
import type { GobletOptions } from './props.js';
import { stageOptions } from './stage-options.js';

export interface WebSocketApiProps {
  readonly inventory: Inventory;
  readonly functions: Readonly<Record<string, lambda.Function>>;
  readonly options: GobletOptions;
}

export interface MadeWebSocketApi {
  readonly api: apigatewayv2.WebSocketApi;
  readonly stage: apigatewayv2.WebSocketStage;
}

/** As declared by `goblet` and written in the inventory. */
interface WebSocketOptions {
  readonly routeSelectionExpression: string;
  readonly routeKeys: readonly string[];
  readonly auth?: string;
}

/** The source that is a WebSocket API. @throws GobletError GOBLET_CDK_NOT_SUPPORTED for a second one */
export function webSocketSource({ sources }: Inventory): InventorySource | undefined {
  const [source, second] = sources.filter(({ kind }) => kind === 'websocket');
  if (second !== undefined) throw new GobletError(secondWebSocketApi(source?.name, second));
  return source;
}

/** A WebSocket API whose routes all call the source's function: one integration, one permission. */
export function webSocketApi(scope: Construct, source: InventorySource, props: WebSocketApiProps): MadeWebSocketApi {
  const { inventory, functions, options } = props;
  const { routeSelectionExpression, routeKeys, auth } = source.options as unknown as WebSocketOptions;
  const fn = functions[source.name];
  if (fn === undefined) throw new Error(`the source ${source.name} has no function`);
  const integration = new FunctionIntegration(source.name, fn);
  const api = new apigatewayv2.WebSocketApi(scope, 'WebSocketApi', {
    apiName: `${inventory.name}-${source.name}`,
    routeSelectionExpression,
    connectRouteOptions: { integration, ...(auth === undefined ? {} : { authorizer: authorizerOf(auth, props) }) },
    disconnectRouteOptions: { integration },
  });
  for (const routeKey of routeKeys) api.addRoute(routeKey, { integration });
  fn.addPermission('InvokedByWebSocketApi', {
    principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: Stack.of(api).formatArn({ service: 'execute-api', resource: api.apiId, resourceName: '*' }),
  });
  api.grantManageConnections(functionGrantee(scope, source.name, fn));
  return { api, stage: stageOf(api, inventory, options) };
}

/** As declared by `goblet` and written in the inventory. */
interface AuthorizerOptions {
  readonly header: readonly string[];
  readonly query: readonly string[];
}

/** The authorizer of `$connect`; the app has already refused other kinds. */
function authorizerOf(
  name: string,
  { inventory, functions }: WebSocketApiProps,
): apigatewayv2.IWebSocketRouteAuthorizer {
  const authorizer = inventory.authorizers.find((candidate) => candidate.name === name);
  if (authorizer?.kind === 'iam') return new WebSocketIamAuthorizer();
  const fn = functions[authorizer?.function ?? ''];
  if (authorizer === undefined || fn === undefined) throw new Error(`the authorizer ${name} has no function`);
  const { header, query } = authorizer.options as unknown as AuthorizerOptions;
  return new WebSocketLambdaAuthorizer(name, fn, {
    identitySource: [
      ...header.map((one) => `route.request.header.${one}`),
      ...query.map((one) => `route.request.querystring.${one}`),
    ],
  });
}

const DEFAULT_STAGE = 'api';

function stageOf(
  api: apigatewayv2.WebSocketApi,
  { routes }: Inventory,
  { domain, ...options }: GobletOptions,
): apigatewayv2.WebSocketStage {
  // An HTTP API may use the stage `$default`, which a WebSocket API does not have.
  const { stageName = DEFAULT_STAGE } = options;
  return new apigatewayv2.WebSocketStage(api, 'Stage', {
    webSocketApi: api,
    stageName: stageName === '$default' ? DEFAULT_STAGE : stageName,
    // API Gateway has no domain for APIs of both kinds, so the domain belongs to the routes if there are any.
    ...stageOptions(api, routes.length === 0 && domain !== undefined ? { ...options, domain } : options, ACCESS_LOG),
  });
}

/** One line of JSON for each connect, message and disconnect. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    requestTime: '$context.requestTime',
    eventType: '$context.eventType',
    routeKey: '$context.routeKey',
    connectionId: '$context.connectionId',
    status: '$context.status',
  }),
);

/** CDK's own class creates a permission for each route, or in some versions only for the first route. */
class FunctionIntegration extends apigatewayv2.WebSocketRouteIntegration {
  readonly #fn: lambda.Function;

  constructor(id: string, fn: lambda.Function) {
    super(id);
    this.#fn = fn;
  }

  bind({ route }: apigatewayv2.WebSocketRouteIntegrationBindOptions): apigatewayv2.WebSocketRouteIntegrationConfig {
    return {
      type: apigatewayv2.WebSocketIntegrationType.AWS_PROXY,
      uri: Stack.of(route).formatArn({
        service: 'apigateway',
        account: 'lambda',
        resource: 'path/2015-03-31/functions',
        resourceName: `${this.#fn.functionArn}/invocations`,
      }),
    };
  }
}
