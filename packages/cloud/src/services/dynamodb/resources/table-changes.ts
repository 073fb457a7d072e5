import { AwsError } from '../../../core/aws-error.js';
import type { ResourceContext } from '../../../core/resource-type.js';
import type { IndexProperty, TableProperties } from './table-properties.js';

/** The part of DescribeTable's answer that updates read. */
export interface DescribedTable {
  readonly TableArn: string;
  readonly TableName: string;
  readonly LatestStreamArn?: string;
  readonly BillingModeSummary?: { readonly BillingMode: string };
  readonly ProvisionedThroughput: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };
  readonly GlobalSecondaryIndexes?: readonly IndexProperty[];
  readonly StreamSpecification?: { readonly StreamViewType: string };
  readonly SSEDescription?: object;
  readonly TableClassSummary?: { readonly TableClass: string };
  readonly DeletionProtectionEnabled: boolean;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function unitsOf(throughput: TableProperties['ProvisionedThroughput']) {
  return [throughput?.ReadCapacityUnits ?? 0, throughput?.WriteCapacityUnits ?? 0];
}

/** The GlobalSecondaryIndexUpdates that make the indexes what the template wants. Throws what CloudFormation refuses. */
function indexUpdates(wanted: TableProperties, current: DescribedTable, previous: TableProperties): object[] {
  const now = new Map((current.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  const before = new Map(previous.GlobalSecondaryIndexes.map((index) => [index.IndexName, index]));
  const names = new Set(wanted.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName));
  const creates = wanted.GlobalSecondaryIndexes.filter(({ IndexName }) => !now.has(IndexName));
  const deletes = [...now.values()].filter(({ IndexName }) => !names.has(IndexName));
  if (creates.length + deletes.length > 1) {
    throw new AwsError(
      'ValidationException',
      'Cannot perform more than one GSI creation or deletion in a single update',
    );
  }
  const updates: object[] = [];
  for (const index of wanted.GlobalSecondaryIndexes) {
    const { IndexName, ProvisionedThroughput, OnDemandThroughput } = index;
    const known = now.get(IndexName);
    const was = before.get(IndexName);
    if (!known) continue;
    if (was && !(same(was.KeySchema, index.KeySchema) && same(was.Projection, index.Projection))) {
      throw new AwsError(
        'ValidationException',
        "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. " +
          'You can create a new GSI with a different name.',
      );
    }
    const throughput =
      wanted.BillingMode === 'PROVISIONED' &&
      ProvisionedThroughput &&
      !same(unitsOf(known.ProvisionedThroughput), unitsOf(ProvisionedThroughput));
    const onDemand = OnDemandThroughput && !same(known.OnDemandThroughput, OnDemandThroughput);
    if (!throughput && !onDemand) continue;
    updates.push({
      Update: {
        IndexName,
        ...(throughput && { ProvisionedThroughput }),
        ...(onDemand && { OnDemandThroughput }),
      },
    });
  }
  return [
    ...creates.map((index) => ({ Create: index })),
    ...deletes.map(({ IndexName }) => ({ Delete: { IndexName } })),
    ...updates,
  ];
}

function billingUpdate(wanted: TableProperties, current: DescribedTable): object {
  const mode = current.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  if (wanted.BillingMode === 'PAY_PER_REQUEST') {
    return mode === 'PAY_PER_REQUEST' ? {} : { BillingMode: 'PAY_PER_REQUEST' };
  }
  const unchanged =
    mode === 'PROVISIONED' && same(unitsOf(current.ProvisionedThroughput), unitsOf(wanted.ProvisionedThroughput));
  return unchanged ? {} : { BillingMode: 'PROVISIONED', ProvisionedThroughput: wanted.ProvisionedThroughput };
}

/** The UpdateTable inputs that lead from the table as it is to the one wanted: a stream changes its view in two steps. */
export function updateInputs(wanted: TableProperties, current: DescribedTable, previous: TableProperties): object[] {
  const indexes = indexUpdates(wanted, current, previous);
  const view = current.StreamSpecification?.StreamViewType;
  const streamChanges = view !== wanted.StreamViewType;
  const sse = wanted.SSESpecification ?? { Enabled: false };
  const tableClass = wanted.TableClass ?? 'STANDARD';
  const first = {
    ...billingUpdate(wanted, current),
    ...(indexes.length > 0 && {
      AttributeDefinitions: wanted.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: indexes,
    }),
    ...(wanted.OnDemandThroughput &&
      !same(wanted.OnDemandThroughput, previous.OnDemandThroughput) && {
        OnDemandThroughput: wanted.OnDemandThroughput,
      }),
    ...(!same(sse, previous.SSESpecification ?? { Enabled: false }) && { SSESpecification: sse }),
    ...(tableClass !== (current.TableClassSummary?.TableClass ?? 'STANDARD') && { TableClass: tableClass }),
    ...(wanted.DeletionProtectionEnabled !== current.DeletionProtectionEnabled && {
      DeletionProtectionEnabled: wanted.DeletionProtectionEnabled,
    }),
    ...(streamChanges && view !== undefined && { StreamSpecification: { StreamEnabled: false } }),
  };
  const second =
    streamChanges && wanted.StreamViewType !== undefined
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: wanted.StreamViewType } }
      : {};
  return [first, second].filter((input) => Object.keys(input).length > 0);
}

/** Makes what UpdateTable does not set what the template wants: each is read first, so that doing it twice is harmless. */
export async function settle(
  id: string,
  arn: string,
  wanted: TableProperties,
  previousTags: Readonly<Record<string, string>>,
  { call }: ResourceContext,
): Promise<void> {
  const { TimeToLiveDescription } = await call('dynamodb', 'DescribeTimeToLive', { TableName: id });
  const attribute: string | undefined = TimeToLiveDescription.AttributeName;
  if (attribute !== wanted.timeToLiveAttribute) {
    const set = (AttributeName: string, Enabled: boolean) =>
      call('dynamodb', 'UpdateTimeToLive', { TableName: id, TimeToLiveSpecification: { AttributeName, Enabled } });
    if (attribute !== undefined) await set(attribute, false);
    if (wanted.timeToLiveAttribute !== undefined) await set(wanted.timeToLiveAttribute, true);
  }
  const { ContinuousBackupsDescription } = await call('dynamodb', 'DescribeContinuousBackups', { TableName: id });
  const recovery = ContinuousBackupsDescription.PointInTimeRecoveryDescription;
  const days = recovery.PointInTimeRecoveryStatus === 'ENABLED' ? recovery.RecoveryPeriodInDays : undefined;
  if (days !== wanted.pointInTimeRecovery?.days) {
    await call('dynamodb', 'UpdateContinuousBackups', {
      TableName: id,
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: wanted.pointInTimeRecovery !== undefined,
        ...(wanted.pointInTimeRecovery && { RecoveryPeriodInDays: wanted.pointInTimeRecovery.days }),
      },
    });
  }
  const added = Object.entries(wanted.Tags).filter(([key, value]) => previousTags[key] !== value);
  const removed = Object.keys(previousTags).filter((key) => !(key in wanted.Tags) && !key.startsWith('aws:'));
  if (added.length > 0) {
    const Tags = added.map(([Key, Value]) => ({ Key, Value }));
    await call('dynamodb', 'TagResource', { ResourceArn: arn, Tags });
  }
  if (removed.length > 0) await call('dynamodb', 'UntagResource', { ResourceArn: arn, TagKeys: removed });
}
