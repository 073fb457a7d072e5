import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import type { AnyResourceType, Properties, ResourceType } from '../../../core/resource-type.js';
import { unsupported } from '../refusal.js';
import { neededText, structure, text, unlessGone } from '../resources/property.js';

/** Template members as the API's: `IntegrationUri` is `integrationUri`, at every depth of a structure. */
function asInput(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asInput);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, asInput(member)]),
  );
}

/** The properties as input, with maps (whose names are the template's own) left as they are. */
function inputOf(properties: Properties, maps: readonly string[] = []): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      maps.includes(name) ? value : asInput(value),
    ]),
  );
}

const api: ResourceType = {
  type: 'AWS::ApiGatewayV2::Api',
  newId: () => randomId.lower(10),
  create: async (id, properties, context) => {
    refuseUnsupported(properties);
    const tags = { ...context.stackTags, ...structure(properties, 'Tags') };
    await context.call('apigateway', 'V2CreateApi', { ...inputOf(properties), tags }, id);
    return apiState(id, context.region);
  },
  update: async (id, properties, previous, context) => {
    refuseUnsupported(properties);
    const { tags: _, protocolType: __, ...input } = inputOf(properties);
    if (properties.CorsConfiguration === undefined && previous.CorsConfiguration !== undefined) {
      await context.call('apigateway', 'V2DeleteCorsConfiguration', { apiId: id });
    }
    await context.call('apigateway', 'V2UpdateApi', {
      description: '',
      disableExecuteApiEndpoint: false,
      ...input,
      apiId: id,
    });
    return apiState(id, context.region);
  },
  delete: (id, _properties, context) => unlessGone(context.call('apigateway', 'V2DeleteApi', { apiId: id })),
};

function apiState(id: string, region: string) {
  return { attributes: { ApiId: id, ApiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com` } };
}

function refuseUnsupported(properties: Properties): void {
  for (const name of ['Body', 'BodyS3Location']) {
    if (properties[name] !== undefined) throw unsupported(`the property ${name} of AWS::ApiGatewayV2::Api`);
  }
}

/** Routes, integrations and authorizers are alike. */
function part(one: 'Route' | 'Integration' | 'Authorizer'): ResourceType {
  const attributes = (id: string) => ({ attributes: { [`${one}Id`]: id } });
  return {
    type: `AWS::ApiGatewayV2::${one}`,
    newId: () => randomId.lower(7),
    create: async (id, properties, context) => {
      await context.call('apigateway', `V2Create${one}`, inputOf(properties), id);
      return attributes(id);
    },
    update: async (id, properties, _previous, context) => {
      // If the template no longer says who may call a route, the old setting must not stay.
      const open = one === 'Route' ? { authorizationType: 'NONE' } : {};
      await context.call('apigateway', `V2Update${one}`, { ...open, ...inputOf(properties), partId: id });
      return attributes(id);
    },
    delete: (id, properties, context) =>
      unlessGone(context.call('apigateway', `V2Delete${one}`, { apiId: neededText(properties, 'ApiId'), partId: id })),
  };
}

const STAGE_MAPS = ['StageVariables', 'RouteSettings', 'Tags'];

const stage: ResourceType = {
  type: 'AWS::ApiGatewayV2::Stage',
  nameProperty: 'StageName',
  create: async (id, properties, context) => {
    const input = {
      ...inputOf(properties, STAGE_MAPS),
      stageName: id,
      tags: { ...context.stackTags, ...structure(properties, 'Tags') },
    };
    try {
      await context.call('apigateway', 'V2CreateStage', input);
    } catch (error) {
      // After a crash the stage may be there already; with the same settings it is this very resource's.
      if (!(error instanceof AwsError) || error.code !== 'ConflictException') throw error;
      const existing = await context.call('apigateway', 'V2GetStage', {
        apiId: neededText(properties, 'ApiId'),
        stageName: id,
      });
      if (
        existing.autoDeploy !== (text(properties, 'AutoDeploy') === 'true') ||
        existing.deploymentId !== text(properties, 'DeploymentId')
      )
        throw error;
    }
    return {};
  },
  update: async (id, properties, _previous, context) => {
    const { tags: _, ...input } = inputOf(properties, STAGE_MAPS);
    await context.call('apigateway', 'V2UpdateStage', {
      autoDeploy: false,
      description: '',
      stageVariables: {},
      defaultRouteSettings: {},
      accessLogSettings: {},
      ...input,
      stageName: id,
    });
    return {};
  },
  delete: (id, properties, context) =>
    unlessGone(context.call('apigateway', 'V2DeleteStage', { apiId: neededText(properties, 'ApiId'), stageName: id })),
};

const deployment: ResourceType = {
  type: 'AWS::ApiGatewayV2::Deployment',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    await context.call('apigateway', 'V2CreateDeployment', inputOf(properties), id);
    return { attributes: { DeploymentId: id } };
  },
  update: async (id) => ({ attributes: { DeploymentId: id } }),
  delete: (id, properties, context) =>
    unlessGone(
      context.call('apigateway', 'V2DeleteDeployment', { apiId: neededText(properties, 'ApiId'), deploymentId: id }),
    ),
};

/** The CloudFormation types of HTTP APIs. */
export const httpApiResourceTypes: readonly AnyResourceType[] = [
  api,
  part('Authorizer'),
  deployment,
  part('Integration'),
  part('Route'),
  stage,
];
