import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

/** Somebody who is connected. */
export interface Member {
  readonly connectionId: string;
  readonly name: string;
  /** @default in no room yet */
  readonly room?: string;
}

/** Operations on members, which a test replaces. */
export interface MembersTable {
  put(member: Member): Promise<void>;
  find(connectionId: string): Promise<Member | undefined>;
  /** Gives the member that was removed; undefined where there was none. */
  remove(connectionId: string): Promise<Member | undefined>;
  inRoom(room: string): Promise<readonly Member[]>;
}

/** Members in a DynamoDB table that is keyed by `connectionId`, with the index `byRoom`. */
export function membersTable(tableName: string): MembersTable {
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient());
  const TableName = tableName;
  return {
    put: async (member) => {
      await dynamodb.send(new PutCommand({ TableName, Item: member }));
    },
    find: async (connectionId) => {
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { connectionId } }));
      return Item as Member | undefined;
    },
    remove: async (connectionId) => {
      const { Attributes } = await dynamodb.send(
        new DeleteCommand({ TableName, Key: { connectionId }, ReturnValues: 'ALL_OLD' }),
      );
      return Attributes as Member | undefined;
    },
    inRoom: async (room) => {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: 'byRoom',
          KeyConditionExpression: 'room = :room',
          ExpressionAttributeValues: { ':room': room },
        }),
      );
      return Items as Member[];
    },
  };
}
