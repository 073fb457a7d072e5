import { apiDefinition } from '../api-definition/api-definition.js';
import { BuildError } from '../errors.js';
import { checkTemplateSize } from '../fixed-limits.js';
import type { Inventory } from '../inventory.js';
import { parseStageOptions, type StageOptions } from '../stage/stage-options.js';
import { usedAuthorizers } from '../used-authorizers.js';

const API_HANDLER = 'APIHandler';
export const DEPLOYMENT_ZIP = 'deployment.zip';

export interface SamTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Transform: 'AWS::Serverless-2016-10-31';
  readonly Resources: Readonly<Record<string, unknown>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/**
 * A SAM template for an app that is an API handler behind a REST API: stage, environment, memory, timeout, tags and
 * role. Its outputs are those of the construct.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED for what the template cannot say: use the construct for that;
 * GOBLET_BUILD_LIMIT for a template that CloudFormation would not take
 */
export function samTemplate(inventory: Inventory, stage: StageOptions = {}): SamTemplate {
  const options = parseStageOptions(stage);
  checkSupported(inventory);
  checkEnvironment(inventory, options.environment ?? {});
  const stageName = options.stageName ?? 'api';
  const template: SamTemplate = {
    AWSTemplateFormatVersion: '2010-09-09',
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      [API_HANDLER]: { Type: 'AWS::Serverless::Function', Properties: functionProperties(options) },
      RestAPI: {
        Type: 'AWS::Serverless::Api',
        Properties: {
          StageName: stageName,
          ...(options.stageVariables === undefined ? {} : { Variables: options.stageVariables }),
          // Without it SAM adds a stage of its own, named Stage.
          OpenApiVersion: '3.0.1',
          DefinitionBody: apiDefinition(inventory, { functionUri }),
          ...(options.tags === undefined ? {} : { Tags: options.tags }),
        },
      },
      APIHandlerInvokePermission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: { Ref: API_HANDLER },
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
          SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestAPI}/*'),
        },
      },
    },
    Outputs: {
      RestAPIId: { Value: { Ref: 'RestAPI' } },
      APIHandlerName: { Value: { Ref: API_HANDLER } },
      APIHandlerArn: { Value: { 'Fn::GetAtt': [API_HANDLER, 'Arn'] } },
      EndpointURL: {
        Value: sub(`https://\${RestAPI}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${stageName}/`),
      },
    },
  };
  checkTemplateSize(template);
  return template;
}

function functionProperties(options: StageOptions): object {
  return {
    Runtime: 'nodejs22.x',
    Architectures: ['arm64'],
    Handler: `index.${API_HANDLER}`,
    CodeUri: `./${DEPLOYMENT_ZIP}`,
    MemorySize: options.memorySize ?? 128,
    Timeout: options.timeout ?? 10,
    ...(options.environment === undefined ? {} : { Environment: { Variables: options.environment } }),
    ...(options.tags === undefined ? {} : { Tags: options.tags }),
    ...roleProperty(options),
  };
}

/** Without a role SAM makes one that may write logs. */
function roleProperty({ manageIamRole = true, iamRoleArn }: StageOptions): { readonly Role?: string } {
  if (!manageIamRole && iamRoleArn === undefined) {
    throw new BuildError('GOBLET_BUILD_OPTION_INVALID', 'manageIamRole is false; give the role as iamRoleArn');
  }
  if (manageIamRole && iamRoleArn !== undefined) {
    throw new BuildError('GOBLET_BUILD_OPTION_INVALID', 'iamRoleArn is given; set manageIamRole to false');
  }
  return iamRoleArn === undefined ? {} : { Role: iamRoleArn };
}

function functionUri(name: string): string {
  // A definition holds texts; SAM and CloudFormation take an intrinsic in their place.
  return sub(
    `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`,
  ) as unknown as string;
}

function sub(text: string): { readonly 'Fn::Sub': string } {
  return { 'Fn::Sub': text };
}

function checkSupported(inventory: Inventory): void {
  const refuse = (what: string) => {
    throw new BuildError('GOBLET_BUILD_NOT_SUPPORTED', `a SAM package has no ${what}; use the construct`);
  };
  if (inventory.api !== 'rest') refuse('HTTP API');
  if (inventory.routes.length === 0) refuse('app without routes');
  const other = inventory.functions.find(({ name }) => name !== API_HANDLER);
  if (other !== undefined) refuse(`function beside ${API_HANDLER}, and ${other.name} is one`);
  const bound = usedAuthorizers(inventory).find(({ kind }) => kind !== 'iam');
  if (bound !== undefined) refuse(`authorizer of kind ${bound.kind}, and ${bound.name} is one`);
}

function checkEnvironment(inventory: Inventory, environment: Readonly<Record<string, string>>): void {
  const missing = inventory.environment.find(({ name, required }) => required && environment[name] === undefined);
  if (missing !== undefined) {
    throw new BuildError(
      'GOBLET_BUILD_BINDING_MISSING',
      `the app needs ${missing.name}; give environment: { ${missing.name}: '…' }`,
    );
  }
  const unknown = Object.keys(environment).find((name) => !inventory.environment.some((known) => known.name === name));
  if (unknown !== undefined) {
    throw new BuildError('GOBLET_BUILD_OPTION_UNKNOWN', `environment has ${unknown}, which the app does not declare`);
  }
}
