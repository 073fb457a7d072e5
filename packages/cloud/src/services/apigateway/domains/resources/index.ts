import { failedWith } from '../../../../core/aws-failure.js';
import { defined } from '../../../../core/defined.js';
import { randomId } from '../../../../core/random-id.js';
import type { AnyResourceType, Properties, ResourceContext, ResourceType } from '../../../../core/resource-type.js';
import { neededText, structure, text, textMap, texts } from '../../../../kit/properties.js';
import { patchOf, retag, tags, unlessGone } from '../../property.js';
import { unsupported } from '../../refusal.js';

/** The hosted zone of every CloudFront distribution (API Gateway endpoints and quotas). */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** By which a domain is known for the stack's own, when it is made again after a crash. */
function marks({ stackId, logicalId }: ResourceContext): Readonly<Record<string, string>> {
  return { 'aws:cloudformation:stack-id': stackId, 'aws:cloudformation:logical-id': logicalId };
}

/** Makes a domain; one that is there already passes where it is the stack's own. */
async function createDomain(operation: string, domainName: string, input: object, context: ResourceContext) {
  try {
    await context.call('apigateway', operation, input);
  } catch (error) {
    if (!failedWith(error, 'ConflictException')) throw error;
    const found = await context.call('apigateway', 'GetDomainName', { domainName }).catch(() => undefined);
    const mine = Object.entries(marks(context)).every(([name, value]) => found?.tags?.[name] === value);
    if (!mine) throw error;
  }
}

function refuse(properties: Properties, type: string, ...names: readonly string[]): void {
  for (const name of names) if (properties[name] !== undefined) throw unsupported(`the property ${name} of ${type}`);
}

const domainName: ResourceType = {
  type: 'AWS::ApiGateway::DomainName',
  nameProperty: 'DomainName',
  create: async (id, properties, context) => {
    refuse(properties, 'AWS::ApiGateway::DomainName', 'MutualTlsAuthentication', 'Policy');
    const input = {
      domainName: id,
      certificateArn: text(properties, 'CertificateArn'),
      regionalCertificateArn: text(properties, 'RegionalCertificateArn'),
      endpointConfiguration: { types: endpointTypes(properties) },
      securityPolicy: text(properties, 'SecurityPolicy'),
      routingMode: text(properties, 'RoutingMode'),
      tags: { ...tags(properties, context.stackTags), ...marks(context) },
    };
    await createDomain('CreateDomainName', id, input, context);
    return domainState(id, context);
  },
  update: async (id, properties, previous, context) => {
    refuse(properties, 'AWS::ApiGateway::DomainName', 'MutualTlsAuthentication', 'Policy');
    if (endpointTypes(properties)[0] !== endpointTypes(previous)[0])
      throw unsupported('another endpoint type of a custom domain name');
    const patchOperations = [
      ...patchOf('/certificateArn', text(properties, 'CertificateArn'), text(previous, 'CertificateArn')),
      ...patchOf(
        '/regionalCertificateArn',
        text(properties, 'RegionalCertificateArn'),
        text(previous, 'RegionalCertificateArn'),
      ),
      ...patchOf('/securityPolicy', text(properties, 'SecurityPolicy'), text(previous, 'SecurityPolicy')),
    ].filter(({ op }) => op === 'replace');
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateDomainName', { domainName: id, patchOperations });
    await retag(`domainnames/${id}`, tags(properties, context.stackTags), tags(previous, {}), context);
    return domainState(id, context);
  },
  delete: (id, _properties, context) => unlessGone(context.call('apigateway', 'DeleteDomainName', { domainName: id })),
};

function endpointTypes(properties: Properties): readonly string[] {
  const types = texts(structure(properties, 'EndpointConfiguration') ?? {}, 'Types');
  return types.length > 0 ? types : ['EDGE'];
}

async function domainState(id: string, context: ResourceContext) {
  const domain = await context.call('apigateway', 'GetDomainName', { domainName: id });
  const { distributionDomainName, regionalDomainName } = domain;
  return {
    attributes: {
      DomainNameArn: `arn:aws:apigateway:${context.region}::/domainnames/${id}`,
      ...(distributionDomainName !== undefined && {
        DistributionDomainName: distributionDomainName,
        DistributionHostedZoneId: CLOUDFRONT_ZONE,
      }),
      ...defined({ RegionalDomainName: regionalDomainName }),
    },
  };
}

const basePathMapping: ResourceType = {
  type: 'AWS::ApiGateway::BasePathMapping',
  newId: (properties) => `${neededText(properties, 'DomainName')}|${basePath(properties)}`,
  create: async (id, properties, context) => {
    const input = {
      domainName: neededText(properties, 'DomainName'),
      basePath: basePath(properties),
      restApiId: neededText(properties, 'RestApiId'),
      stage: text(properties, 'Stage'),
    };
    await context.call('apigateway', 'CreateBasePathMapping', input, id);
    return {};
  },
  update: async (_id, properties, previous, context) => {
    const patchOperations = [
      ...patchOf('/basePath', basePath(properties), basePath(previous)),
      ...patchOf('/restapiId', neededText(properties, 'RestApiId'), text(previous, 'RestApiId')),
      ...patchOf('/stage', text(properties, 'Stage') ?? '', text(previous, 'Stage') ?? ''),
    ];
    const at = { domainName: neededText(previous, 'DomainName'), basePath: basePath(previous) };
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateBasePathMapping', { ...at, patchOperations });
    return {};
  },
  delete: (_id, properties, context) =>
    unlessGone(
      context.call('apigateway', 'DeleteBasePathMapping', {
        domainName: neededText(properties, 'DomainName'),
        basePath: basePath(properties),
      }),
    ),
};

function basePath(properties: Properties): string {
  return text(properties, 'BasePath') || '(none)';
}

const httpDomainName: ResourceType = {
  type: 'AWS::ApiGatewayV2::DomainName',
  nameProperty: 'DomainName',
  create: async (id, properties, context) => {
    const own = { ...context.stackTags, ...textMap(properties, 'Tags'), ...marks(context) };
    await createDomain('V2CreateDomainName', id, { ...httpDomainInput(id, properties), Tags: own }, context);
    return httpDomainState(id, context);
  },
  update: async (id, properties, _previous, context) => {
    await context.call('apigateway', 'V2UpdateDomainName', httpDomainInput(id, properties));
    return httpDomainState(id, context);
  },
  delete: (id, _properties, context) =>
    unlessGone(context.call('apigateway', 'V2DeleteDomainName', { DomainName: id })),
};

function httpDomainInput(domain: string, properties: Properties) {
  refuse(properties, 'AWS::ApiGatewayV2::DomainName', 'MutualTlsAuthentication');
  return { ...properties, DomainName: domain };
}

async function httpDomainState(id: string, context: ResourceContext) {
  const { regionalDomainName } = await context.call('apigateway', 'GetDomainName', { domainName: id });
  const arn = `arn:aws:apigateway:${context.region}::/domainnames/${id}`;
  return { attributes: { DomainNameArn: arn, RegionalDomainName: regionalDomainName } };
}

const apiMapping: ResourceType = {
  type: 'AWS::ApiGatewayV2::ApiMapping',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    await context.call('apigateway', 'V2CreateApiMapping', apiMappingInput(properties), id);
    return { attributes: { ApiMappingId: id } };
  },
  update: async (id, properties, _previous, context) => {
    await context.call('apigateway', 'V2UpdateApiMapping', { ...apiMappingInput(properties), ApiMappingId: id });
    return { attributes: { ApiMappingId: id } };
  },
  delete: (id, properties, context) =>
    unlessGone(
      context.call('apigateway', 'V2DeleteApiMapping', {
        DomainName: neededText(properties, 'DomainName'),
        ApiMappingId: id,
      }),
    ),
};

function apiMappingInput(properties: Properties) {
  return { ApiMappingKey: '', ...properties };
}

/** The CloudFormation types of custom domain names. */
export const domainResourceTypes: readonly AnyResourceType[] = [
  apiMapping,
  basePathMapping,
  domainName,
  httpDomainName,
];
