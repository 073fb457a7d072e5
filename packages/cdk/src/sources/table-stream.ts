import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { noStream, otherView } from '../errors/limits.js';
import { GobletError } from '../goblet-error.js';
import type { InventorySource } from '../inventory.js';
import type { BoundSource } from './source-target.js';
import { mapStream, type StreamDelivery } from './stream-mapping.js';

/** A table that has a stream, and the handling of records that the function did not process. */
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

/** @throws GobletError GOBLET_CDK_TABLE_STREAM for a table without a stream, or with a stream of other images */
function streamArnOf(source: InventorySource, table: dynamodb.ITable): string {
  const wanted = source.options.view;
  const view = viewOf(table);
  if (table.tableStreamArn === undefined || view === 'none') {
    throw new GobletError(noStream(source, table.node.path, wanted));
  }
  if (view !== 'unknown' && view !== wanted) {
    throw new GobletError(otherView(source, table.node.path, wanted, view));
  }
  return table.tableStreamArn;
}

/**
 * The view type of the table's stream; unknown for a table that is not created in this CDK app. A TableV2 has a stream
 * ARN even without a stream.
 */
function viewOf(table: dynamodb.ITable): string {
  const resource = table.node.defaultChild;
  if (!(resource instanceof dynamodb.CfnTable || resource instanceof dynamodb.CfnGlobalTable)) return 'unknown';
  const stream: { readonly streamViewType?: string } | undefined = Stack.of(table).resolve(
    resource.streamSpecification,
  );
  return stream === undefined ? 'none' : (stream.streamViewType ?? 'unknown');
}
