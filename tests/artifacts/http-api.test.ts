import { type HttpApiAuthorizer, httpApiDefinition } from '@goblet/build';
import { startCloud } from '@goblet/cloud';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../property-runs.js';
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
        const { ApiId } = await call('CreateApi', {
          Name: app.name,
          ProtocolType: 'HTTP',
          ...(definition.cors && { CorsConfiguration: capitalised(definition.cors) }),
        });
        const { IntegrationId } = await call('CreateIntegration', {
          ApiId,
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: FUNCTION,
          PayloadFormatVersion: '2.0',
        });
        const guards = new Map<string, object>();
        for (const authorizer of definition.authorizers) {
          guards.set(authorizer.name, await guard(authorizer, ApiId, call));
        }
        for (const { method, path, authorizer = '' } of definition.routes) {
          guarded += guards.has(authorizer) ? 1 : 0;
          await call('CreateRoute', {
            ApiId,
            RouteKey: `${method} ${path}`,
            Target: `integrations/${IntegrationId}`,
            ...guards.get(authorizer),
          });
        }
        await call('DeleteApi', { ApiId });
      }),
      { numRuns: propertyRuns(3000) },
    );
  } finally {
    await cloud.close();
  }
  expect(made).toBeGreaterThan(50);
  expect(guarded).toBeGreaterThan(20);
});

/** Members as the SDK names them: `AllowOrigins` */
function capitalised(members: object): object {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}

/** The members of a route that guard it by an authorizer, which is made as CDK makes it. */
async function guard(
  authorizer: HttpApiAuthorizer,
  ApiId: string,
  call: (operation: string, input: object) => Promise<{ readonly AuthorizerId: string }>,
): Promise<object> {
  const { name, kind } = authorizer;
  if (kind === 'iam') return { AuthorizationType: 'AWS_IAM' };
  const { AuthorizerId } = await call(
    'CreateAuthorizer',
    kind === 'authorizer'
      ? {
          ApiId,
          Name: name,
          AuthorizerType: 'REQUEST',
          AuthorizerUri: FUNCTION,
          AuthorizerPayloadFormatVersion: '2.0',
          EnableSimpleResponses: true,
          AuthorizerResultTtlInSeconds: authorizer.ttl,
          IdentitySource: authorizer.identitySources,
        }
      : {
          ApiId,
          Name: name,
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Issuer: 'https://issuer.example', Audience: ['a'] },
        },
  );
  return { AuthorizationType: kind === 'authorizer' ? 'CUSTOM' : 'JWT', AuthorizerId };
}
