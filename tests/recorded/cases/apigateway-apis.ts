import { api, apiAnswer, badRequest, notFound, patch, root, updateApi } from '../apigateway.js';
import { ANY_TIME, type RecordedService } from '../recorded-case.js';

/** The recorded answers of AWS's API Gateway about APIs, their resources, validators, gateway responses, documentation and links. */
export default {
  service: 'apigateway',
  cases: [
    {
      name: 'a change of an API tells of no tags that there are none',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('replace', '/minimumCompressionSize', '10')),
      answer: { ...apiAnswer, minimumCompressionSize: 10, tags: {} },
    },
    {
      name: 'a greedy path variable that has no children is named',
      recorded: '2024-04',
      given: [api, ['CreateResource', { restApiId: root.restApiId, parentId: root.resourceId, pathPart: '{proxy+}' }]],
      ask: ['CreateResource', { restApiId: root.restApiId, parentId: '<CreateResource.id>', pathPart: 'x' }],
      error: badRequest('Cannot create a child of a resource with a greedy path variable: {proxy+}'),
    },
    {
      name: 'a request validator of an API that is not there is a bad request',
      recorded: '2024-04',
      ask: ['CreateRequestValidator', { restApiId: 'nobody', name: 'v' }],
      error: badRequest('Invalid REST API identifier specified'),
    },
    {
      name: 'a request validator is asked for before its API',
      recorded: '2024-04',
      ask: ['GetRequestValidator', { restApiId: 'nobody', requestValidatorId: 'nothing' }],
      error: notFound('Invalid Request Validator identifier specified'),
    },
    {
      name: 'a gateway response that nobody defined tells its usual status',
      recorded: '2024-04',
      given: [api],
      ask: ['GetGatewayResponse', { restApiId: root.restApiId, responseType: 'MISSING_AUTHENTICATION_TOKEN' }],
      answer: {
        defaultResponse: true,
        responseParameters: {},
        responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
        responseType: 'MISSING_AUTHENTICATION_TOKEN',
        statusCode: '403',
      },
    },
    {
      name: 'a private API has addresses of both kinds',
      recorded: '2025-07',
      ask: ['CreateRestApi', { name: 'api', endpointConfiguration: { types: ['PRIVATE'] } }],
      at: 'endpointConfiguration',
      answer: { ipAddressType: 'dualstack', types: ['PRIVATE'] },
    },
    {
      name: 'a private API has no addresses of one kind alone',
      recorded: '2025-07',
      given: [['CreateRestApi', { name: 'api', endpointConfiguration: { types: ['PRIVATE'] } }]],
      ask: updateApi(patch('replace', '/endpointConfiguration/ipAddressType', 'ipv4')),
      error: badRequest('Only dualstack ipAddressType is supported for Private APIs.'),
    },
    {
      name: 'an address type is one of two',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('replace', '/endpointConfiguration/ipAddressType', 'wrong')),
      error: badRequest('ipAddressType must be either ipv4 or dualstack.'),
    },
    {
      name: 'an address type is replaced, not removed',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('remove', '/endpointConfiguration/ipAddressType', 'ipv4')),
      error: badRequest('Invalid patch operation specified. Must be one of: [replace]'),
    },
    {
      name: 'an endpoint type that is none is refused with those that there are',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('replace', '/endpointConfiguration/types/0', 'wrong')),
      error: badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE'),
    },
    {
      name: 'an endpoint type is not removed',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('remove', '/endpointConfiguration/types/0', 'EDGE')),
      error: badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'"),
    },
    {
      name: 'a new API of an endpoint type that is none fails the validation of its input',
      recorded: '2025-07',
      ask: ['CreateRestApi', { name: 'api', endpointConfiguration: { types: ['wrong'] } }],
      error: {
        code: 'ValidationException',
        message:
          "1 validation error detected: Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]",
        status: 400,
      },
    },
    {
      name: 'the least size of compressed answers is replaced, not added',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('add', '/minimumCompressionSize', '10')),
      error: badRequest('Invalid patch operation specified. Must be one of: [replace]'),
    },
    {
      name: 'a resource goes by another part of a path',
      recorded: '2024-04',
      given: [api, ['CreateResource', { restApiId: root.restApiId, parentId: root.resourceId, pathPart: 'pets' }]],
      ask: [
        'UpdateResource',
        {
          restApiId: root.restApiId,
          resourceId: '<CreateResource.id>',
          patchOperations: [patch('replace', '/pathPart', 'dogs')],
        },
      ],
      answer: { id: '<CreateResource.id>', parentId: root.resourceId, path: '/dogs', pathPart: 'dogs' },
    },
    {
      name: 'a version of the documentation has a new description',
      recorded: '2023-08',
      given: [
        api,
        ['CreateDocumentationPart', { restApiId: root.restApiId, location: { type: 'API' }, properties: '{"a": "b"}' }],
        ['CreateDocumentationVersion', { restApiId: root.restApiId, documentationVersion: 'v1' }],
      ],
      ask: [
        'UpdateDocumentationVersion',
        {
          restApiId: root.restApiId,
          documentationVersion: 'v1',
          patchOperations: [patch('replace', '/description', 'new')],
        },
      ],
      answer: { createdDate: ANY_TIME, description: 'new', version: 'v1' },
    },
    {
      name: 'a VPC link to what is no ARN is refused',
      recorded: '2025-12',
      ask: ['CreateVpcLink', { name: 'link', targetArns: ['invalid-arn'] }],
      error: badRequest('Invalid ARN. ARN is not well formed invalid-arn'),
    },
    {
      name: 'a VPC link has a name',
      recorded: '2025-12',
      ask: ['CreateVpcLink', { name: '', targetArns: [] }],
      error: badRequest('Name cannot be empty'),
    },
    {
      name: 'a VPC link that is not there is not found',
      recorded: '2025-12',
      ask: ['GetVpcLink', { vpcLinkId: 'invalid-id' }],
      error: notFound('Invalid Vpc Link identifier specified'),
    },
  ],
} satisfies RecordedService;
