import { type HttpApiAuthorizer, httpApiDefinition } from '@goblet/build';
import { startCloud } from '@goblet/cloud';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { declared, inventoryOf, service, unlessRefused } from './random-app.js';

const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:f';
const CALL = {
  account: '000000000000',
  region: 'eu-west-1',
  principal: { kind: 'root', account: '000000000000' },
  requestId: 'test',
  sourceIp: '127.0.0.1',
} as const;

test('no app that is taken is refused by the operations that make its HTTP API', async () => {
  const cloud = await startCloud({ ephemeral: true, port: 0 });
  const call = (operation: string, input: object) =>
    cloud.context.dispatch('apigateway', `V2${operation}`, input, CALL);
  let made = 0;
  let guarded = 0;
  try {
    await fc.assert(
      fc.asyncProperty(service('http'), async (described) => {
        const app = declared(described);
        if (app === undefined || app.routes.length === 0) return;
        const definition = unlessRefused(() => httpApiDefinition(inventoryOf(app)));
        if (definition === undefined) return;
        made += 1;
        const { apiId } = await call('CreateApi', {
          name: app.name,
          protocolType: 'HTTP',
          ...(definition.cors && { corsConfiguration: definition.cors }),
        });
        const { integrationId } = await call('CreateIntegration', {
          apiId,
          integrationType: 'AWS_PROXY',
          integrationUri: FUNCTION,
          payloadFormatVersion: '2.0',
        });
        const guards = new Map<string, object>();
        for (const authorizer of definition.authorizers) {
          guards.set(authorizer.name, await guard(authorizer, apiId, call));
        }
        for (const { method, path, authorizer = '' } of definition.routes) {
          guarded += guards.has(authorizer) ? 1 : 0;
          await call('CreateRoute', {
            apiId,
            routeKey: `${method} ${path}`,
            target: `integrations/${integrationId}`,
            ...guards.get(authorizer),
          });
        }
        await call('DeleteApi', { apiId });
      }),
      { numRuns: 3000 },
    );
  } finally {
    await cloud.close();
  }
  expect(made).toBeGreaterThan(50);
  expect(guarded).toBeGreaterThan(20);
});

/** What a route says of its authorizer, which is made as CDK makes it. */
async function guard(
  authorizer: HttpApiAuthorizer,
  apiId: string,
  call: (operation: string, input: object) => Promise<{ readonly authorizerId: string }>,
): Promise<object> {
  const { name, kind } = authorizer;
  if (kind === 'iam') return { authorizationType: 'AWS_IAM' };
  const { authorizerId } = await call(
    'CreateAuthorizer',
    kind === 'authorizer'
      ? {
          apiId,
          name,
          authorizerType: 'REQUEST',
          authorizerUri: FUNCTION,
          authorizerPayloadFormatVersion: '2.0',
          enableSimpleResponses: true,
          authorizerResultTtlInSeconds: authorizer.ttl,
          identitySource: authorizer.identitySources,
        }
      : {
          apiId,
          name,
          authorizerType: 'JWT',
          identitySource: ['$request.header.Authorization'],
          jwtConfiguration: { issuer: 'https://issuer.example', audience: ['a'] },
        },
  );
  return { authorizationType: kind === 'authorizer' ? 'CUSTOM' : 'JWT', authorizerId };
}
