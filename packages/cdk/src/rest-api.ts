import { Fn } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
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
  const called = new CalledFunctions(props.functions);
  const definition = bindDefinition(props.definition, {
    functionUri: (name) => called.uri(name, '2015-03-31', 'invocations'),
    streamingUri: (name) => called.uri(name, '2021-11-15', 'response-streaming-invocations'),
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
  for (const fn of called.functions) {
    fn.addPermission(`InvokedBy${api.node.id}`, {
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: api.arnForExecuteApi('*', '/*', '*'),
    });
  }
  return api;
}

/** The functions that a definition calls, and their URIs. */
class CalledFunctions {
  readonly functions = new Set<lambda.Function>();
  readonly #all: Readonly<Record<string, lambda.Function>>;
  readonly #uris = new Map<string, string>();

  constructor(all: Readonly<Record<string, lambda.Function>>) {
    this.#all = all;
  }

  /**
   * The URI by which API Gateway calls a function, as its developer guide gives it for Lambda proxy integrations. As
   * Fn::Sub it is a third of the Fn::Join that CDK would write, and a definition has it once a method.
   */
  uri(name: string, version: string, action: string): string {
    const key = `${name} ${action}`;
    const known = this.#uris.get(key);
    if (known !== undefined) return known;
    const fn = this.#all[name];
    if (fn === undefined) throw new Error(`the definition calls ${name}, which is no function of the app`);
    this.functions.add(fn);
    const { logicalId } = fn.node.defaultChild as CfnFunction;
    const arn = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/${version}/functions/\${${logicalId}.Arn}/${action}`;
    const uri = Fn.sub(arn);
    this.#uris.set(key, uri);
    return uri;
  }
}
