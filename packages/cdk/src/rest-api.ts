import { Fn, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { accessLogGroup } from './access-logs.js';
import { userPoolOf } from './authorizer-bindings.js';
import { bindDefinition } from './definition-bindings.js';
import { templateTooLarge } from './errors/limits.js';
import { GobletError } from './goblet-error.js';
import type { AppBuild, Inventory } from './inventory.js';
import type { ApiKeyBinding, GobletOptions, UncheckedNeeds } from './props.js';

export interface RestApiProps {
  readonly inventory: Inventory;
  readonly definition: NonNullable<AppBuild['definition']>;
  readonly functions: Readonly<Record<string, lambda.Function>>;
  readonly options: GobletOptions & UncheckedNeeds;
}

const MEDIA_TYPES = 'x-amazon-apigateway-binary-media-types';

/**
 * A SpecRestApi with this definition, without CDK's extra output, and with one permission for each function that it
 * calls.
 */
export function restApi(scope: Construct, props: RestApiProps): apigateway.SpecRestApi {
  const { inventory, options } = props;
  const called = new CalledFunctions(props.functions);
  const definition = bindDefinition(props.definition, {
    functionUri: (name) => called.uri(name, '2015-03-31', 'invocations'),
    streamingUri: (name) => called.uri(name, '2021-11-15', 'response-streaming-invocations'),
    userPoolArns: (name) => [userPoolOf(options.auth?.[name]).userPoolArn],
  });
  checkSize(scope, definition, inventory);
  const mediaTypes = options.binaryMediaTypes === undefined ? {} : { [MEDIA_TYPES]: options.binaryMediaTypes };
  const api = new apigateway.SpecRestApi(scope, 'RestApi', {
    restApiName: inventory.name,
    apiDefinition: apigateway.ApiDefinition.fromInline({ ...(definition as object), ...mediaTypes }),
    deployOptions: stageProps(scope, options),
    cloudWatchRole: false,
  });
  api.node.tryRemoveChild('Endpoint');
  permitCalls(api, inventory, called.functions);
  for (const { name, kind } of inventory.authorizers) {
    if (kind === 'apiKey') addUsagePlan(api, (options.auth?.[name] ?? {}) as ApiKeyBinding);
  }
  if (options.domain !== undefined) api.addDomainName('Domain', options.domain);
  return api;
}

/** Bytes of a template: "AWS CloudFormation quotas". No quota raises it. */
const TEMPLATE = 1_000_000;

/** @throws GobletError GOBLET_CDK_TEMPLATE_TOO_LARGE for a definition that is larger than any template */
function checkSize(scope: Construct, definition: unknown, { routes }: Inventory): void {
  // Resolving takes as long as the rest of the construct. Resolved tokens make the text less than four times as long.
  if (JSON.stringify(definition).length * 4 <= TEMPLATE) return;
  const bytes = Buffer.byteLength(JSON.stringify(Stack.of(scope).resolve(definition)));
  if (bytes > TEMPLATE) throw new GobletError(templateTooLarge(routes.length, bytes, TEMPLATE));
}

function stageProps(scope: Construct, options: GobletOptions): apigateway.StageOptions {
  const { stageName = 'api', stageVariables, accessLogs, throttle, tracingEnabled } = options;
  return {
    stageName,
    ...(stageVariables === undefined ? {} : { variables: { ...stageVariables } }),
    ...(tracingEnabled === undefined ? {} : { tracingEnabled }),
    ...(throttle === undefined
      ? {}
      : { throttlingRateLimit: throttle.rateLimit, throttlingBurstLimit: throttle.burstLimit }),
    ...(accessLogs === true
      ? {
          accessLogDestination: new apigateway.LogGroupLogDestination(accessLogGroup(scope)),
          accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
        }
      : {}),
  };
}

/** An API calls functions as `<api>/<stage>/<method>/<path>`, and authorizers as `<api>/authorizers/<id>`. */
function permitCalls(
  api: apigateway.SpecRestApi,
  inventory: Inventory,
  functions: ReadonlyMap<string, lambda.Function>,
): void {
  const authorizers = new Set(inventory.authorizers.map((authorizer) => authorizer.function));
  for (const [name, fn] of functions) {
    fn.addPermission('InvokedByRestApi', {
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: authorizers.has(name)
        ? Stack.of(api).formatArn({ service: 'execute-api', resource: api.restApiId, resourceName: 'authorizers/*' })
        : api.arnForExecuteApi('*', '/*', '*'),
    });
  }
}

function addUsagePlan(api: apigateway.SpecRestApi, { apiKeys, throttle, quota }: ApiKeyBinding): void {
  const plan = api.addUsagePlan('UsagePlan', {
    apiStages: [{ api, stage: api.deploymentStage }],
    ...(throttle === undefined ? {} : { throttle }),
    ...(quota === undefined ? {} : { quota }),
  });
  for (const key of apiKeys ?? [api.addApiKey('ApiKey')]) plan.addApiKey(key);
}

/** The functions that a definition calls, and their integration URIs. */
class CalledFunctions {
  readonly functions = new Map<string, lambda.Function>();
  readonly #all: Readonly<Record<string, lambda.Function>>;
  readonly #uris = new Map<string, string>();

  constructor(all: Readonly<Record<string, lambda.Function>>) {
    this.#all = all;
  }

  /**
   * The URI with which API Gateway calls a function, from its developer guide on Lambda proxy integrations. As Fn::Sub
   * it is a third as long as the Fn::Join of CDK, and a definition has it once for each method.
   */
  uri(name: string, version: string, action: string): string {
    const key = `${name} ${action}`;
    const known = this.#uris.get(key);
    if (known !== undefined) return known;
    const fn = this.#all[name];
    if (fn === undefined) throw new Error(`the definition calls ${name}, which is no function of the app`);
    this.functions.set(name, fn);
    const { logicalId } = fn.node.defaultChild as lambda.CfnFunction;
    const arn = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/${version}/functions/\${${logicalId}.Arn}/${action}`;
    const uri = Fn.sub(arn);
    this.#uris.set(key, uri);
    return uri;
  }
}
