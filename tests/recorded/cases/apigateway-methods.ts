import { expect } from 'vitest';
import {
  api,
  badRequest,
  get,
  imported,
  integrationAnswer,
  method,
  mock,
  notFound,
  ofId,
  patch,
  root,
} from '../apigateway.js';
import type { RecordedCase, RecordedService } from '../recorded-case.js';

/** The recorded answers of AWS's API Gateway about methods and integrations. */
export default {
  service: 'apigateway',
  cases: [
    {
      name: 'two request parameters of one name are refused',
      recorded: '2024-04',
      given: [api],
      ask: [
        'PutMethod',
        {
          ...root,
          httpMethod: 'GET',
          authorizationType: 'NONE',
          requestParameters: { 'method.request.querystring.a': false, 'method.request.header.a': false },
        },
      ],
      error: badRequest('Parameter names must be unique across querystring, header and path'),
    },
    {
      name: 'an entry that is not there is not replaced',
      recorded: '2025-07',
      given: [api, method, mock, ['PutMethodResponse', { ...root, httpMethod: 'GET', statusCode: '200' }]],
      ask: [
        'UpdateMethodResponse',
        {
          ...root,
          httpMethod: 'GET',
          statusCode: '200',
          patchOperations: [patch('replace', '/responseModels/wrong', 'Empty')],
        },
      ],
      error: notFound('Content-Type specified was not found'),
    },
    {
      name: 'an integration through a VPC link is told as it was put',
      recorded: '2025-10',
      given: [api, method],
      ask: [
        'PutIntegration',
        {
          ...root,
          httpMethod: 'GET',
          type: 'HTTP_PROXY',
          uri: 'http://nlb.example.com',
          integrationHttpMethod: 'GET',
          connectionType: 'VPC_LINK',
          connectionId: '${stageVariables.link}',
        },
      ],
      answer: {
        ...integrationAnswer,
        connectionId: '${stageVariables.link}',
        connectionType: 'VPC_LINK',
        httpMethod: 'GET',
        type: 'HTTP_PROXY',
        uri: 'http://nlb.example.com',
      },
    },
    {
      name: 'an integration with an address is by the internet',
      recorded: '2023-05',
      given: [api, method],
      ask: [
        'PutIntegration',
        { ...root, httpMethod: 'GET', type: 'HTTP', uri: 'http://example.com', integrationHttpMethod: 'POST' },
      ],
      answer: {
        ...integrationAnswer,
        connectionType: 'INTERNET',
        httpMethod: 'POST',
        type: 'HTTP',
        uri: 'http://example.com',
      },
    },
    {
      name: 'a mock has no method of its own',
      recorded: '2024-11',
      given: [api, method],
      ask: ['PutIntegration', { ...root, httpMethod: 'GET', type: 'MOCK', integrationHttpMethod: 'POST' }],
      answer: { ...integrationAnswer, type: 'MOCK' },
    },
    {
      name: 'a template without text is told as none',
      recorded: '2026-02',
      given: [api, method, mock],
      ask: [
        'PutIntegrationResponse',
        {
          ...root,
          httpMethod: 'GET',
          statusCode: '200',
          selectionPattern: '',
          responseTemplates: { 'application/json': '' },
        },
      ],
      answer: { responseTemplates: { 'application/json': null }, selectionPattern: '', statusCode: '200' },
    },
    {
      name: 'templates that are none are told',
      recorded: '2023-05',
      given: [api, method, mock],
      ask: ['PutIntegrationResponse', { ...root, httpMethod: 'GET', statusCode: '200', responseTemplates: {} }],
      answer: { responseTemplates: {}, statusCode: '200' },
    },
    {
      name: 'a mapping expression is a text',
      recorded: '2024-12',
      given: [api, method],
      ask: [
        'PutIntegration',
        {
          ...root,
          httpMethod: 'GET',
          type: 'HTTP_PROXY',
          requestParameters: { 'integration.request.path.a': true },
        },
      ],
      error: {
        code: 'SerializationException',
        message: 'class java.lang.Boolean can not be converted to an String',
        status: 400,
      },
    },
    ...(
      [
        ['arn:aws:lambda:us-east-1:111111111111:function:f', 'AWS ARN for integration must contain path or action'],
        ['bad-arn:lambda:path/2015-03-31/functions/f/invocations', 'Invalid ARN specified in the request'],
        [
          'arn:aws:apigateway:us-east-1:firehose:path/2015-03-31/functions/f/invocations',
          "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
        ],
        [
          'arn:aws:apigateway:us-east-1:lambda:path/random/value/f/invocations',
          "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
        ],
      ] as const
    ).map(
      ([uri, message]): RecordedCase => ({
        name: `a proxy integration of ${uri} is refused`,
        recorded: '2025-03',
        given: [api, method],
        ask: ['PutIntegration', { ...root, httpMethod: 'GET', type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }],
        error: badRequest(message),
      }),
    ),
    {
      name: 'an import leaves out a mapping that is no text, and warns of it',
      recorded: '2025-07',
      ask: imported({
        paths: {
          '/test': {
            get: {
              ...get,
              'x-amazon-apigateway-integration': {
                type: 'mock',
                requestParameters: { 'integration.request.header.nothing': true },
              },
            },
          },
        },
      }),
      at: 'warnings',
      answer: [
        "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' of resource '/test' and method 'GET' but got 'true'",
      ],
    },

    {
      name: 'a test of a method tells what happened',
      recorded: '2025-09',
      given: [
        api,
        ['CreateResource', { restApiId: root.restApiId, parentId: root.resourceId, pathPart: '{id}' }],
        ['PutMethod', { ...ofId, httpMethod: 'GET', authorizationType: 'NONE' }],
        [
          'PutIntegration',
          {
            ...ofId,
            httpMethod: 'GET',
            type: 'MOCK',
            requestTemplates: { 'application/json': '{"statusCode": 200}' },
          },
        ],
        [
          'PutIntegrationResponse',
          {
            ...ofId,
            httpMethod: 'GET',
            statusCode: '200',
            responseTemplates: { 'application/json': '{"id": "$input.params(\'id\')"}' },
          },
        ],
      ],
      ask: ['TestInvokeMethod', { ...ofId, httpMethod: 'GET', pathWithQueryString: '/123?foo=bar' }],
      answer: {
        body: '{"id": "123"}',
        headers: { 'Content-Type': 'application/json' },
        latency: expect.any(Number),
        log: expect.stringMatching(
          new RegExp(
            [
              '^Execution log for request [-0-9a-f]{36}',
              'Starting execution for request: [-0-9a-f]{36}',
              'HTTP Method: GET, Resource Path: /123',
              'Method request path: \\{id=123\\}',
              'Method request query string: \\{foo=bar\\}',
              'Method request headers: \\{\\}',
              'Method request body before transformations: ',
              'Method response body after transformations: \\{"id": "123"\\}',
              'Method response headers: \\{Content-Type=application/json\\}',
              'Successfully completed execution',
              'Method completed with status: 200\n$',
            ].join('\n\\w{3} \\w{3} \\d\\d \\d\\d:\\d\\d:\\d\\d UTC \\d{4} : '),
          ),
        ),
        multiValueHeaders: { 'Content-Type': ['application/json'] },
        status: 200,
      },
    },
    {
      name: 'a test of a method whose address is none says so',
      recorded: '2025-09',
      given: [
        api,
        method,
        [
          'PutIntegration',
          {
            ...root,
            httpMethod: 'GET',
            type: 'HTTP_PROXY',
            uri: 'https://${stageVariables.host}',
            integrationHttpMethod: 'GET',
          },
        ],
      ],
      ask: ['TestInvokeMethod', { ...root, httpMethod: 'GET' }],
      answer: {
        body: '{"message": "Internal server error"}',
        headers: { 'x-amzn-ErrorType': 'InternalServerErrorException' },
        latency: expect.any(Number),
        log: expect.stringContaining('Execution failed due to configuration error: Invalid endpoint address\n'),
        multiValueHeaders: { 'x-amzn-ErrorType': ['InternalServerErrorException'] },
        status: 500,
      },
    },
  ],
} satisfies RecordedService;
