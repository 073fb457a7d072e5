import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { GobletError } from '../errors.js';
import { at, type InventorySource } from '../inventory.js';
import type { BoundSource } from './source-target.js';
import { mapStream, type StreamDelivery } from './stream-mapping.js';

/** A table that has a stream, and what becomes of records that the function did not handle. */
export interface TableStreamBinding extends StreamDelivery {
  readonly table: dynamodb.ITable;
}

export const tableStreamSource: BoundSource<TableStreamBinding> = {
  takes: 'a DynamoDB table',
  resource: 'table',
  mark: 'grantStreamRead',
  bind: (target, { table, ...delivery }) => {
    mapStream(target, 'TableStream', streamArnOf(target.source, table), delivery);
    table.grantStreamRead(target.grantee);
  },
};

/** @throws GobletError GOBLET_CDK_TABLE_STREAM for a table without a stream, or with one of other images */
function streamArnOf(source: InventorySource, table: dynamodb.ITable): string {
  const wanted = source.options.view;
  const view = viewOf(table);
  if (table.tableStreamArn === undefined || view === 'none') {
    throw new GobletError(
      'GOBLET_CDK_TABLE_STREAM',
      `${source.name}${at(source.source)} reads the stream of the table ${table.node.path}, which has none; give the table stream: dynamodb.StreamViewType.${wanted} (dynamoStream for a TableV2)`,
    );
  }
  if (view !== 'unknown' && view !== wanted) {
    throw new GobletError(
      'GOBLET_CDK_TABLE_STREAM',
      `${source.name}${at(source.source)} expects ${wanted} of the table ${table.node.path}, which streams ${view}; give tableStream the view '${view}', or the table the other`,
    );
  }
  return table.tableStreamArn;
}

/** What the table's stream carries: unknown of a table that is not made here. A TableV2 has an ARN where it has no stream. */
function viewOf(table: dynamodb.ITable): string {
  const resource = table.node.defaultChild;
  if (!(resource instanceof dynamodb.CfnTable || resource instanceof dynamodb.CfnGlobalTable)) return 'unknown';
  const stream: { readonly streamViewType?: string } | undefined = Stack.of(table).resolve(
    resource.streamSpecification,
  );
  return stream === undefined ? 'none' : (stream.streamViewType ?? 'unknown');
}
