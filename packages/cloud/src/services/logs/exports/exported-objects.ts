import { gzipSync } from 'node:zlib';
import type { Call } from '../../../core/call.js';
import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Scope } from '../../../core/operation.js';
import { groupArn } from '../log-arn.js';
import type { LogStore } from '../log-store.js';

/** The events that are exported, and where to. */
export interface ExportedRange {
  readonly id: string;
  readonly group: string;
  /** The beginning of the names of the streams. */
  readonly streams: string;
  /** Epoch milliseconds, inclusive. */
  readonly from: number;
  /** Epoch milliseconds, inclusive. */
  readonly to: number;
  readonly bucket: string;
  readonly prefix: string;
}

type Exporter = Pick<CloudContext, 'dispatch'> & { readonly logs: Pick<LogStore, 'events'> };

/** A call of CloudWatch Logs to S3 for a log group, as policies of buckets see it. */
export function exportCall({ account, region }: Scope, group: string): Call {
  const sourceArn = `${groupArn({ account, region }, group)}:*`;
  return internalCall({ account, region }, { kind: 'service', account, service: 'logs.amazonaws.com', sourceArn });
}

/** Writes the events of each stream into a compressed object ("Export log data to Amazon S3"). */
export async function exportEvents(task: ExportedRange & Scope, { dispatch, logs }: Exporter): Promise<void> {
  const { id, group, streams, from, to, bucket: Bucket, prefix } = task;
  const lines = new Map<string, string[]>();
  const range = { from, to: to + 1, streams: (name: string) => name.startsWith(streams) };
  for await (const { stream, timestamp, message } of logs.events(task, group, range)) {
    const line = `${new Date(timestamp).toISOString()} ${message}\n`;
    const before = lines.get(stream);
    if (before) before.push(line);
    else lines.set(stream, [line]);
  }
  const call = exportCall(task, group);
  for (const [stream, texts] of lines) {
    const Key = `${prefix}/${id}/${stream.replaceAll('/', '-')}/000000.gz`;
    await dispatch('s3', 'PutObject', { Bucket, Key, Body: gzipSync(texts.join('')) }, call);
  }
}

/** Writes the object by which CloudWatch Logs finds out that it may write. */
export async function writeTestObject(task: ExportedRange & Scope, { dispatch }: Exporter): Promise<void> {
  const Key = `${task.prefix}/aws-logs-write-test`;
  const Body = Buffer.from('Permission Check Successful');
  await dispatch('s3', 'PutObject', { Bucket: task.bucket, Key, Body }, exportCall(task, task.group));
}
