import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { User as UserSchema } from './app.js';
import { openPageToken, sealPageToken } from './page-token.js';

export type User = z.infer<typeof UserSchema>;

export interface Page {
  readonly items: User[];
  readonly next?: string;
}

/** Operations on users, which a test replaces. */
export interface UsersTable {
  /** False if the user exists. */
  create(user: User): Promise<boolean>;
  find(username: string): Promise<User | undefined>;
  /** False if there is no such user. */
  replace(user: User): Promise<boolean>;
  remove(username: string): Promise<void>;
  list(limit: number, token: string | undefined): Promise<Page | 'invalid token'>;
}

/** Users in a DynamoDB table that is keyed by `username`. */
export function usersTable(tableName: string): UsersTable {
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient());

  const put = (user: User, condition: string): Promise<boolean> =>
    dynamodb.send(new PutCommand({ TableName: tableName, Item: user, ConditionExpression: condition })).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      },
    );

  return {
    create: (user) => put(user, 'attribute_not_exists(username)'),
    replace: (user) => put(user, 'attribute_exists(username)'),
    find: async (username) => {
      const { Item } = await dynamodb.send(new GetCommand({ TableName: tableName, Key: { username } }));
      return Item as User | undefined;
    },
    remove: async (username) => {
      await dynamodb.send(new DeleteCommand({ TableName: tableName, Key: { username } }));
    },
    list: async (limit, token) => {
      const after = token === undefined ? undefined : openPageToken(token, tableName);
      if (token !== undefined && after === undefined) return 'invalid token';
      const start = after === undefined ? {} : { ExclusiveStartKey: { username: after } };
      const page = await dynamodb.send(new ScanCommand({ TableName: tableName, Limit: limit, ...start }));
      const last: unknown = page.LastEvaluatedKey?.username;
      const items = (page.Items ?? []) as User[];
      return typeof last === 'string' ? { items, next: sealPageToken(last, tableName) } : { items };
    },
  };
}
