import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { accessLogGroup } from './access-logs.js';
import { httpAuthorizers } from './http-authorizers.js';
import { httpCors } from './http-cors.js';
import type { Inventory, InventoryRoute } from './inventory.js';
import type { GobletOptions, UncheckedNeeds } from './props.js';

export interface HttpApiProps {
  readonly inventory: Inventory;
  readonly functions: Readonly<Record<string, lambda.Function>>;
  readonly options: GobletOptions & UncheckedNeeds;
}

export interface MadeHttpApi {
  readonly api: apigatewayv2.HttpApi;
  readonly stage: apigatewayv2.HttpStage;
}

const DEFAULT_STAGE = '$default';

/**
 * An HTTP API with the app's routes: one integration and one permission for each function. An any-method route lets the
 * function answer 405, and HEAD where GET is open; a guarded GET gets a HEAD route of its own with the same authorizer.
 */
export function httpApi(scope: Construct, { inventory, functions, options }: HttpApiProps): MadeHttpApi {
  const cors = httpCors(inventory);
  const api = new apigatewayv2.HttpApi(scope, 'HttpApi', {
    apiName: inventory.name,
    createDefaultStage: false,
    ...(cors === undefined ? {} : { corsPreflight: cors }),
  });
  const stage = api.addStage('Stage', stageOptions(scope, options));
  const integrations = new Map<string, HttpLambdaIntegration>();
  const integration = (name: string) => {
    const fn = functions[name];
    if (fn === undefined) throw new Error(`a route calls ${name}, which is no function of the app`);
    const made = integrations.get(name) ?? new HttpLambdaIntegration(name, fn, { scopePermissionToRoute: false });
    integrations.set(name, made);
    return made;
  };
  const authorizers = httpAuthorizers(inventory, functions, options.auth ?? {});
  const add = (route: InventoryRoute, method: apigatewayv2.HttpMethod) => {
    const [name] = route.auth;
    const authorizer = name === undefined ? undefined : authorizers.get(name);
    api.addRoutes({
      path: route.path,
      methods: [method],
      integration: integration(route.function),
      ...(authorizer === undefined ? {} : { authorizer, authorizationScopes: [...(route.scopes ?? [])] }),
    });
  };
  for (const routes of routesByPath(inventory.routes)) {
    const methods = new Set(routes.map(({ method }) => method));
    for (const route of routes) add(route, route.method as apigatewayv2.HttpMethod);
    const get = routes.find(({ method }) => method === 'GET');
    if (get !== undefined && get.auth.length > 0 && !methods.has('HEAD')) add(get, apigatewayv2.HttpMethod.HEAD);
    const fallback = routes.find((route) => route.function === 'APIHandler') ?? routes[0];
    if (fallback !== undefined) add({ ...fallback, auth: [] }, apigatewayv2.HttpMethod.ANY);
  }
  return { api, stage };
}

function routesByPath(routes: readonly InventoryRoute[]): Iterable<readonly InventoryRoute[]> {
  const byPath = new Map<string, InventoryRoute[]>();
  for (const route of routes) {
    const known = byPath.get(route.path);
    if (known === undefined) byPath.set(route.path, [route]);
    else known.push(route);
  }
  return byPath.values();
}

function stageOptions(scope: Construct, options: GobletOptions): apigatewayv2.HttpStageOptions {
  const { stageName = DEFAULT_STAGE, stageVariables, accessLogs, throttle, domain } = options;
  return {
    stageName,
    autoDeploy: true,
    ...(stageVariables === undefined ? {} : { stageVariables: { ...stageVariables } }),
    ...(throttle === undefined ? {} : { throttle }),
    ...(accessLogs === true
      ? {
          accessLogSettings: {
            destination: new apigatewayv2.LogGroupLogDestination(accessLogGroup(scope)),
            format: apigateway.AccessLogFormat.jsonWithStandardFields(),
          },
        }
      : {}),
    ...(domain === undefined
      ? {}
      : {
          domainMapping: {
            domainName: new apigatewayv2.DomainName(scope, 'Domain', {
              domainName: domain.domainName,
              certificate: domain.certificate,
            }),
            ...(domain.basePath === undefined ? {} : { mappingKey: domain.basePath }),
          },
        }),
  };
}

/** The stage's address with a slash at the end, as a REST API's has. */
export function httpUrl({ stage }: MadeHttpApi): string {
  return stage.stageName === DEFAULT_STAGE ? stage.url : `${stage.url}/`;
}
