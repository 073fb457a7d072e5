import { failedWith } from '../../../../core/aws-failure.js';
import { randomId } from '../../../../core/random-id.js';
import type { AnyResourceType, Properties, ResourceType } from '../../../../core/resource-type.js';
import { neededText, structure, structures, text } from '../../../../kit/properties.js';
import { unlessGone } from '../../property.js';
import { unsupported } from '../../refusal.js';

const api: ResourceType = {
  type: 'AWS::ApiGatewayV2::Api',
  refuses: [
    ...['Body', 'BodyS3Location'].map((path) => ({
      path,
      why: 'definitions of HTTP APIs are not imported here; declare routes and integrations',
    })),
  ],
  newId: () => randomId.lower(10),
  create: async (id, properties, context) => {
    refuseUnsupported(properties);
    const Tags = { ...context.stackTags, ...structure(properties, 'Tags') };
    await context.call('apigateway', 'V2CreateApi', { ...properties, Tags }, id);
    return apiState(id, properties, context.region);
  },
  update: async (id, properties, previous, context) => {
    refuseUnsupported(properties);
    if (properties.CorsConfiguration === undefined && previous.CorsConfiguration !== undefined) {
      await context.call('apigateway', 'V2DeleteCorsConfiguration', { ApiId: id });
    }
    const absent = { Description: '', DisableExecuteApiEndpoint: false };
    await context.call('apigateway', 'V2UpdateApi', { ...absent, ...properties, ApiId: id });
    return apiState(id, properties, context.region);
  },
  delete: (id, _properties, context) => unlessGone(context.call('apigateway', 'V2DeleteApi', { ApiId: id })),
};

function apiState(id: string, properties: Properties, region: string) {
  const scheme = properties.ProtocolType === 'WEBSOCKET' ? 'wss' : 'https';
  return { attributes: { ApiId: id, ApiEndpoint: `${scheme}://${id}.execute-api.${region}.amazonaws.com` } };
}

function refuseUnsupported(properties: Properties): void {
  for (const name of ['Body', 'BodyS3Location']) {
    if (properties[name] !== undefined) throw unsupported(`the property ${name} of AWS::ApiGatewayV2::Api`);
  }
}

/** The properties as operations take them: a template lists the changes of a response, and an operation maps them. */
function inputOf(properties: Properties): Properties {
  const { Schema } = properties;
  // Templates write the schema of a model as an object.
  const input =
    typeof Schema === 'object' && Schema !== null ? { ...properties, Schema: JSON.stringify(Schema) } : properties;
  const given = structure(input, 'ResponseParameters');
  // Those of responses of WebSocket APIs are no lists by status.
  if (given === undefined || input.IntegrationType === undefined) return input;
  const ResponseParameters = Object.fromEntries(
    Object.keys(given).map((status) => {
      const listed = structures(structure(given, status) ?? {}, 'ResponseParameters');
      return [
        status,
        Object.fromEntries(listed.map((one) => [neededText(one, 'Destination'), text(one, 'Source') ?? ''])),
      ];
    }),
  );
  return { ...input, ResponseParameters };
}

/** A template that no longer guards a route must not leave it guarded. */
const UNGUARDED = { AuthorizationType: 'NONE', ApiKeyRequired: false };

/** Parts of APIs are alike. */
function part(
  name: 'Route' | 'Integration' | 'Authorizer' | 'Model' | 'RouteResponse' | 'IntegrationResponse',
  owner?: 'Route' | 'Integration',
): ResourceType {
  const idMember = `${name}Id`;
  const state = (id: string) => ({ attributes: { [idMember]: id } });
  return {
    type: `AWS::ApiGatewayV2::${name}`,
    newId: () => randomId.lower(7),
    create: async (id, properties, context) => {
      await context.call('apigateway', `V2Create${name}`, inputOf(properties), id);
      return state(id);
    },
    update: async (id, properties, _previous, context) => {
      const absent = name === 'Route' ? UNGUARDED : {};
      await context.call('apigateway', `V2Update${name}`, { ...absent, ...inputOf(properties), [idMember]: id });
      return state(id);
    },
    delete: (id, properties, context) => {
      const of = owner === undefined ? {} : { [`${owner}Id`]: neededText(properties, `${owner}Id`) };
      const place = { ApiId: neededText(properties, 'ApiId'), ...of, [idMember]: id };
      return unlessGone(context.call('apigateway', `V2Delete${name}`, place));
    },
  };
}

const stage: ResourceType = {
  type: 'AWS::ApiGatewayV2::Stage',
  nameProperty: 'StageName',
  create: async (id, properties, context) => {
    const place = { ApiId: neededText(properties, 'ApiId'), StageName: id };
    const Tags = { ...context.stackTags, ...structure(properties, 'Tags') };
    try {
      await context.call('apigateway', 'V2CreateStage', { ...properties, ...place, Tags });
    } catch (error) {
      // After a crash the stage may be there already; with the same settings it is this very resource's.
      if (!failedWith(error, 'ConflictException')) throw error;
      const { AutoDeploy, DeploymentId } = await context.call('apigateway', 'V2GetStage', place);
      if (
        AutoDeploy !== (text(properties, 'AutoDeploy') === 'true') ||
        DeploymentId !== text(properties, 'DeploymentId')
      )
        throw error;
    }
    return {};
  },
  update: async (id, properties, _previous, context) => {
    const absent = {
      AutoDeploy: false,
      Description: '',
      StageVariables: {},
      DefaultRouteSettings: {},
      AccessLogSettings: {},
    };
    await context.call('apigateway', 'V2UpdateStage', { ...absent, ...properties, StageName: id });
    return {};
  },
  delete: (id, properties, context) =>
    unlessGone(context.call('apigateway', 'V2DeleteStage', { ApiId: neededText(properties, 'ApiId'), StageName: id })),
};

const deployment: ResourceType = {
  type: 'AWS::ApiGatewayV2::Deployment',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    await context.call('apigateway', 'V2CreateDeployment', properties, id);
    return { attributes: { DeploymentId: id } };
  },
  update: async (id) => ({ attributes: { DeploymentId: id } }),
  delete: (id, properties, context) =>
    unlessGone(
      context.call('apigateway', 'V2DeleteDeployment', { ApiId: neededText(properties, 'ApiId'), DeploymentId: id }),
    ),
};

/** Kept and told, with no network behind it. */
const vpcLink: ResourceType = {
  type: 'AWS::ApiGatewayV2::VpcLink',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    const Tags = { ...context.stackTags, ...structure(properties, 'Tags') };
    await context.call('apigateway', 'V2CreateVpcLink', { ...properties, Tags }, id);
    return { attributes: { VpcLinkId: id } };
  },
  update: async (id, properties, _previous, context) => {
    await context.call('apigateway', 'V2UpdateVpcLink', { VpcLinkId: id, Name: neededText(properties, 'Name') });
    return { attributes: { VpcLinkId: id } };
  },
  delete: (id, _properties, context) => unlessGone(context.call('apigateway', 'V2DeleteVpcLink', { VpcLinkId: id })),
};

/** The CloudFormation types of HTTP APIs and WebSocket APIs. */
export const httpApiResourceTypes: readonly AnyResourceType[] = [
  api,
  part('Authorizer'),
  deployment,
  part('Integration'),
  part('IntegrationResponse', 'Integration'),
  part('Model'),
  part('Route'),
  part('RouteResponse', 'Route'),
  stage,
  vpcLink,
];
