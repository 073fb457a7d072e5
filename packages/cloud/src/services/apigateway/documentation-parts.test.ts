import * as sdk from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { apigateway } from './index.js';

it('keeps parts of the documentation, and refuses others in the words of AWS', async () => {
  await using cloud = await testCloud({ services: [apigateway] });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { id: restApiId } = await client.send(new sdk.CreateRestApiCommand({ name: 'api' }));
  const made = await client.send(
    new sdk.CreateDocumentationPartCommand({
      restApiId,
      location: { type: 'API' },
      properties: '{"description": "a"}',
    }),
  );
  const at = { restApiId, documentationPartId: made.id };
  const replace = (path: string) => [{ op: 'replace' as const, path, value: '{"description": "b"}' }];
  await client.send(new sdk.UpdateDocumentationPartCommand({ ...at, patchOperations: replace('/properties') }));
  const { items } = await client.send(new sdk.GetDocumentationPartsCommand({ restApiId, type: 'API' }));
  expect(items).toEqual([{ id: made.id, location: { type: 'API' }, properties: '{"description": "b"}' }]);
  await expect(
    client.send(new sdk.UpdateDocumentationPartCommand({ ...at, patchOperations: replace('/no') })),
  ).rejects.toThrow("Invalid patch path  '/no' specified for op 'replace'. Must be one of: [/properties]");
  // @ts-expect-error: a type that AWS does not have
  const wrong = new sdk.CreateDocumentationPartCommand({ restApiId, location: { type: 'NO' }, properties: '{}' });
  await expect(client.send(wrong)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining("Value 'NO' at 'createDocumentationPartInput.location.type'"),
  });
  await client.send(new sdk.DeleteDocumentationPartCommand(at));
  await expect(client.send(new sdk.GetDocumentationPartCommand(at))).rejects.toThrow(
    'Invalid Documentation part identifier specified',
  );
  client.destroy();
});
