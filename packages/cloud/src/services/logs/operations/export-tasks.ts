import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { failedWith } from '../../../core/aws-failure.js';
import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { ExportTask } from '../exports/export-tasks.js';
import { exportCall, writeTestObject } from '../exports/exported-objects.js';
import { logAccess } from '../log-access.js';
import { GROUP, invalidParameter, page, STREAM } from '../log-input.js';
import type { LogStore } from '../log-store.js';
import { logsOperation } from '../service-state.js';

const TEXT = { min: 1, max: 512 };
const STATUSES = ['CANCELLED', 'COMPLETED', 'FAILED', 'PENDING', 'PENDING_CANCEL', 'RUNNING'];

const shown = (task: ExportTask) => ({
  taskId: task.id,
  taskName: task.taskName,
  logGroupName: task.group,
  from: task.from,
  to: task.to,
  destination: task.bucket,
  destinationPrefix: task.prefix,
  status: task.status,
  executionInfo: { creationTime: task.created, completionTime: task.completed },
});

const failed = (operation: string): AwsError =>
  invalidParameter(
    `${operation} call on the given bucket failed. Please check if CloudWatch Logs has been granted permission to perform this operation.`,
  );

/** Looks whether CloudWatch Logs may write into the bucket. @throws AwsError InvalidParameterException */
async function checkBucket(task: ExportTask, { dispatch }: CloudContext, logs: LogStore): Promise<void> {
  const { account, region, bucket: Bucket } = task;
  try {
    await dispatch('s3', 'HeadBucket', { Bucket }, internalCall({ account, region }, { kind: 'root', account }));
  } catch (error) {
    // That it is another account's says the next call.
    if (failedWith(error, 'NoSuchBucket') || failedWith(error, 'NotFound')) {
      throw invalidParameter('The given bucket does not exist. Please make sure the bucket is valid.');
    }
  }
  try {
    await dispatch('s3', 'GetBucketAcl', { Bucket }, exportCall(task, task.group));
  } catch (error) {
    throw error instanceof AwsError ? failed('GetBucketAcl') : error;
  }
  try {
    await writeTestObject(task, { dispatch, logs });
  } catch (error) {
    throw error instanceof AwsError ? failed('PutObject') : error;
  }
}

export const createExportTask = logsOperation({
  name: 'CreateExportTask',
  limits: {
    taskName: TEXT,
    logGroupName: GROUP,
    logStreamNamePrefix: STREAM,
    from: { min: 0 },
    to: { min: 0 },
    destination: TEXT,
  },
  parse: ({ logGroupName: group, logStreamNamePrefix: streams = '', destination: bucket, ...rest }) => {
    const { taskName, from, to, destinationPrefix: prefix = 'exportedlogs' } = rest;
    return { group, streams, bucket, taskName, from, to, prefix };
  },
  access: (row) => [logAccess(row, 'CreateExportTask', 'log-group')],
  handle: async (given, call, { context, logs, exports }) => {
    await logs.group(call, given.group);
    const { account, region }: Scope = call;
    const task: ExportTask = {
      account,
      region,
      id: randomId.uuid(),
      ...given,
      status: { code: 'PENDING' },
      created: context.now(),
    };
    await checkBucket(task, context, logs);
    await exports.create(task);
    return { taskId: task.id };
  },
});

export const describeExportTasks = logsOperation({
  name: 'DescribeExportTasks',
  limits: { taskId: TEXT, statusCode: { values: STATUSES }, limit: { min: 1, max: 50 } },
  access: (row) => [row({ action: 'logs:DescribeExportTasks', on: anything })],
  handle: ({ taskId, statusCode, nextToken: token, limit = 50 }, call, { exports }) => {
    const found = exports
      .list(call)
      .filter(({ id, status }) => id === (taskId ?? id) && status.code === (statusCode ?? status.code));
    // Pages follow the ascending order of their keys, and the newest task is the first.
    const keyOf = ({ created, id }: ExportTask) =>
      `${String(Number.MAX_SAFE_INTEGER - created).padStart(16, '0')} ${id}`;
    const of = ['DescribeExportTasks', taskId, statusCode];
    const { items, next } = page(found, keyOf, { limit, token }, of);
    return { exportTasks: items.map(shown), nextToken: next };
  },
});

export const cancelExportTask = logsOperation({
  name: 'CancelExportTask',
  limits: { taskId: TEXT },
  access: (row) => [row({ action: 'logs:CancelExportTask', on: anything })],
  handle: ({ taskId }, { account, region }, { exports }) => exports.cancel({ account, region }, taskId),
});
