import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { App, tableStream } from 'goblet';
import * as z from 'zod';

const User = z.object({ name: z.string(), age: z.number() });

export const app = new App('table-streams', {
  env: { TABLE_NAME: String },
  sources: {
    changes: tableStream(User, { retryAttempts: 1, parallelizationFactor: 2 }),
    joined: tableStream(User, { startingPosition: 'LATEST', filters: [{ eventName: ['INSERT'] }] }),
  },
  setup: () => ({ dynamodb: new DynamoDBClient({}) }),
});
app.post('/users', { body: User, status: 201 }, async ({ body, deps, env }) => {
  const Item = { name: { S: body.name }, age: { N: String(body.age) } };
  await deps.dynamodb.send(new PutItemCommand({ TableName: env.TABLE_NAME, Item }));
  return body;
});
app.on('changes', ({ records, log }) => {
  for (const { eventName, newImage, oldImage, fail } of records) {
    const { name, age } = newImage ?? oldImage ?? { name: 'nobody' };
    log.info(`change ${eventName} ${name} ${oldImage?.age ?? 'none'} ${age}`);
    if (name === 'poison') fail('on purpose');
  }
});
app.on('joined', ({ records, log }) => {
  for (const { newImage } of records) log.info(`joined ${newImage?.name}`);
});
