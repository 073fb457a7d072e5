import { Aws, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { bindDefinition } from './definition-bindings.js';

export interface RestApiProps {
  readonly name: string;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly stageName: string;
  readonly functions: Readonly<Record<string, lambda.Function>>;
  readonly userPoolArns: (authorizer: string) => readonly string[];
  readonly binaryMediaTypes: readonly string[] | undefined;
}

const MEDIA_TYPES = 'x-amazon-apigateway-binary-media-types';

/** A SpecRestApi over the definition, without CDK's extra output, and one permission for each function that it calls. */
export function restApi(scope: Construct, props: RestApiProps): apigateway.SpecRestApi {
  const called = new Set<lambda.Function>();
  const call = (name: string, api: (fn: lambda.Function) => string) => {
    const fn = props.functions[name];
    if (fn === undefined) throw new Error(`the definition calls ${name}, which is no function of the app`);
    called.add(fn);
    return api(fn);
  };
  const definition = bindDefinition(props.definition, {
    functionUri: (name) => call(name, (fn) => invocationUri(fn, '2015-03-31', 'invocations')),
    streamingUri: (name) => call(name, (fn) => invocationUri(fn, '2021-11-15', 'response-streaming-invocations')),
    userPoolArns: props.userPoolArns,
  });
  const mediaTypes = props.binaryMediaTypes === undefined ? {} : { [MEDIA_TYPES]: props.binaryMediaTypes };
  const api = new apigateway.SpecRestApi(scope, 'RestApi', {
    restApiName: props.name,
    apiDefinition: apigateway.ApiDefinition.fromInline({ ...(definition as object), ...mediaTypes }),
    deployOptions: { stageName: props.stageName },
    cloudWatchRole: false,
  });
  api.node.tryRemoveChild('Endpoint');
  for (const fn of called) {
    fn.addPermission(`InvokedBy${api.node.id}`, {
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: api.arnForExecuteApi('*', '/*', '*'),
    });
  }
  return api;
}

/** The URI by which API Gateway calls a function, as its developer guide gives it for Lambda proxy integrations. */
function invocationUri(fn: lambda.Function, version: string, action: string): string {
  const { partition } = Stack.of(fn);
  return `arn:${partition}:apigateway:${Aws.REGION}:lambda:path/${version}/functions/${fn.functionArn}/${action}`;
}
