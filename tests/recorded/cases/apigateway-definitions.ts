import { expect } from 'vitest';
import { functionUri, get, imported } from '../apigateway.js';
import { ANY_TEXT, type RecordedService } from '../recorded-case.js';

/** The recorded answers of AWS's API Gateway about definitions that are imported and exported. */
export default {
  service: 'apigateway',
  cases: [
    {
      name: 'a split base path puts what follows its first part before the paths',
      recorded: '2025-07',
      given: [
        imported({ servers: [{ url: 'https://example.com/base-url/part/' }], paths: { '/test': { get } } }, 'split'),
      ],
      ask: ['GetResources', { restApiId: '<ImportRestApi.id>', embed: ['methods'] }],
      at: 'items',
      answer: expect.arrayContaining([
        expect.objectContaining({ path: '/part' }),
        expect.objectContaining({ path: '/part/test', pathPart: 'test' }),
      ]),
    },
    {
      name: 'the variables of an imported path are parameters of its methods',
      recorded: '2025-07',
      given: [imported({ paths: { '/echo/{data}': { get } } })],
      ask: ['GetResources', { restApiId: '<ImportRestApi.id>', embed: ['methods'] }],
      at: 'items',
      answer: expect.arrayContaining([
        expect.objectContaining({
          path: '/echo/{data}',
          resourceMethods: {
            GET: expect.objectContaining({ requestParameters: { 'method.request.path.data': true } }),
          },
        }),
      ]),
    },
    {
      name: 'an imported API has the models of its definition alone, with sorted required properties',
      recorded: '2025-07',
      given: [
        imported({
          components: {
            schemas: {
              Person: {
                type: 'object',
                description: 'Somebody',
                properties: { name: { type: 'string' }, b: { type: 'number' } },
                required: ['name', 'b'],
              },
            },
          },
          paths: { '/': { get } },
        }),
      ],
      ask: ['GetModels', { restApiId: '<ImportRestApi.id>' }],
      answer: {
        items: [
          {
            contentType: 'application/json',
            description: 'Somebody',
            id: ANY_TEXT,
            name: 'Person',
            schema: expect.stringContaining('"required":["b","name"]'),
          },
        ],
      },
    },
    {
      name: 'an imported authorizer keeps its kind, and tells of no time to live that nobody gave',
      recorded: '2025-07',
      given: [
        imported({
          components: {
            securitySchemes: {
              own: {
                type: 'apiKey',
                name: 'Authorization',
                in: 'header',
                'x-amazon-apigateway-authtype': 'oauth2',
                'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: functionUri, identitySource: '' },
              },
            },
          },
          paths: { '/': { get } },
        }),
      ],
      ask: ['GetAuthorizers', { restApiId: '<ImportRestApi.id>' }],
      answer: {
        items: [
          {
            authType: 'oauth2',
            authorizerUri: functionUri,
            id: ANY_TEXT,
            identitySource: 'method.request.header.Authorization',
            name: 'own',
            type: 'TOKEN',
          },
        ],
      },
    },
    {
      name: 'an export is of no media type in particular, and goes by its version',
      recorded: '2025-05',
      given: [
        imported({ info: { title: 'api', version: '1.0.0' }, paths: { '/pets': { get } } }),
        ['CreateDeployment', { restApiId: '<ImportRestApi.id>', stageName: 'local' }],
      ],
      ask: ['GetExport', { restApiId: '<ImportRestApi.id>', stageName: 'local', exportType: 'oas30' }],
      answer: {
        body: expect.stringContaining('"default": "local"'),
        contentDisposition: 'attachment; filename="oas30_1.0.0.json"',
        contentType: 'application/octet-stream',
      },
    },
  ],
} satisfies RecordedService;
