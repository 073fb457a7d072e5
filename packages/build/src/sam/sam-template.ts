import { apiDefinition } from '../api-definition/api-definition.js';
import { BuildError } from '../build-error.js';
import { roleManaged, roleNotGiven, undeclaredVariable, variableMissing } from '../errors/options.js';
import { authorizerInSam, functionInSam, httpApiInSam, noRoutesInSam } from '../errors/support.js';
import { checkTemplateSize } from '../fixed-limits.js';
import type { Inventory } from '../inventory.js';
import { parseStageOptions, type StageOptions } from '../stage/stage-options.js';
import { usedAuthorizers } from '../used-authorizers.js';

const API_HANDLER = 'APIHandler';
/**
 * The file to which the template refers as the code of its function.
 * @example writeFileSync(DEPLOYMENT_ZIP, deploymentZip(bundle));
 */
export const DEPLOYMENT_ZIP = 'deployment.zip';

/** A SAM template. */
export interface SamTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Transform: 'AWS::Serverless-2016-10-31';
  readonly Resources: Readonly<Record<string, unknown>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/**
 * A SAM template for an app that is one API handler behind a REST API: stage, environment, memory, timeout, tags and
 * role. It has the same outputs as the construct.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED if the template cannot express the app: use the construct for that;
 * GOBLET_BUILD_LIMIT for a template that is too large for CloudFormation
 * @example const template = samTemplate(inventory, { stageName: 'v1', memorySize: 256 });
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
          // Without it SAM adds a stage named Stage.
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

/** Without a role SAM creates one that may write logs. */
function roleProperty({ manageIamRole = true, iamRoleArn }: StageOptions): { readonly Role?: string } {
  if (!manageIamRole && iamRoleArn === undefined) throw new BuildError(roleNotGiven());
  if (manageIamRole && iamRoleArn !== undefined) throw new BuildError(roleManaged());
  return iamRoleArn === undefined ? {} : { Role: iamRoleArn };
}

function functionUri(name: string): string {
  // A definition contains texts; SAM and CloudFormation accept an intrinsic function in their place.
  return sub(
    `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`,
  ) as unknown as string;
}

function sub(text: string): { readonly 'Fn::Sub': string } {
  return { 'Fn::Sub': text };
}

function checkSupported(inventory: Inventory): void {
  if (inventory.api !== 'rest') throw new BuildError(httpApiInSam());
  if (inventory.routes.length === 0) throw new BuildError(noRoutesInSam());
  const other = inventory.functions.find(({ name }) => name !== API_HANDLER);
  if (other !== undefined) throw new BuildError(functionInSam(API_HANDLER, other.name));
  const bound = usedAuthorizers(inventory).find(({ kind }) => kind !== 'iam');
  if (bound !== undefined) throw new BuildError(authorizerInSam(bound.kind, bound.name));
}

/** Variables that every function reads, whether the app declares them or not. */
const RUNTIME_VARIABLES = ['GOBLET_LOG_LEVEL', 'NODE_OPTIONS'];

function checkEnvironment(inventory: Inventory, environment: Readonly<Record<string, string>>): void {
  const missing = inventory.environment.find(({ name, required }) => required && environment[name] === undefined);
  if (missing !== undefined) throw new BuildError(variableMissing(missing.name));
  const known = new Set([...inventory.environment.map(({ name }) => name), ...RUNTIME_VARIABLES]);
  const unknown = Object.keys(environment).find((name) => !known.has(name));
  if (unknown !== undefined) throw new BuildError(undeclaredVariable(unknown));
}
