import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { httpAuthorizers } from './http-authorizers.js';
import type { HttpApiCors, HttpApiDefinition } from './inventory.js';
import type { GobletOptions, UncheckedNeeds } from './props.js';
import { stageOptions } from './stage-options.js';

export interface HttpApiProps {
  /** The app's name. */
  readonly name: string;
  readonly definition: HttpApiDefinition;
  readonly functions: Readonly<Record<string, lambda.Function>>;
  readonly options: GobletOptions & UncheckedNeeds;
}

export interface MadeHttpApi {
  readonly api: apigatewayv2.HttpApi;
  readonly stage: apigatewayv2.HttpStage;
}

const DEFAULT_STAGE = '$default';

/** An HTTP API with the routes of its definition; each function has one integration and one permission. */
export function httpApi(scope: Construct, { name, definition, functions, options }: HttpApiProps): MadeHttpApi {
  const { cors } = definition;
  const api = new apigatewayv2.HttpApi(scope, 'HttpApi', {
    apiName: name,
    createDefaultStage: false,
    ...(cors === undefined ? {} : { corsPreflight: corsPreflight(cors) }),
  });
  const { stageName = DEFAULT_STAGE } = options;
  const format = apigateway.AccessLogFormat.jsonWithStandardFields();
  const stage = api.addStage('Stage', { stageName, ...stageOptions(scope, options, format) });
  const integrations = new Map<string, HttpLambdaIntegration>();
  const integration = (called: string) => {
    const fn = functions[called];
    if (fn === undefined) throw new Error(`a route calls ${called}, which is no function of the app`);
    const made = integrations.get(called) ?? new HttpLambdaIntegration(called, fn, { scopePermissionToRoute: false });
    integrations.set(called, made);
    return made;
  };
  const authorizers = httpAuthorizers(definition.authorizers, functions, options.auth ?? {});
  for (const route of definition.routes) {
    const authorizer = authorizers.get(route.authorizer ?? '');
    api.addRoutes({
      path: route.path,
      methods: [route.method as apigatewayv2.HttpMethod],
      integration: integration(route.function),
      ...(authorizer === undefined ? {} : { authorizer, authorizationScopes: [...(route.scopes ?? [])] }),
    });
  }
  return { api, stage };
}

function corsPreflight({ maxAge, ...cors }: HttpApiCors): apigatewayv2.CorsPreflightOptions {
  return {
    allowOrigins: [...cors.allowOrigins],
    allowMethods: [...cors.allowMethods] as apigatewayv2.CorsHttpMethod[],
    allowHeaders: [...cors.allowHeaders],
    exposeHeaders: [...cors.exposeHeaders],
    allowCredentials: cors.allowCredentials,
    ...(maxAge === undefined ? {} : { maxAge: Duration.seconds(maxAge) }),
  };
}

/** The stage's URL with a trailing slash, like that of a REST API. */
export function httpUrl({ stage }: MadeHttpApi): string {
  return stage.stageName === DEFAULT_STAGE ? stage.url : `${stage.url}/`;
}
