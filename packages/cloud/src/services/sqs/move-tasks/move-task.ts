import type { QueueName } from '../../../core/queue-name.js';

export type MoveTaskStatus = 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';

/** A task that moves the messages of a dead-letter queue. */
export interface MoveTask {
  readonly id: string;
  readonly source: QueueName;
  /** @default - each message returns to the queue that it came from */
  readonly destination?: QueueName | undefined;
  /** Messages a second. @default - as fast as it goes */
  readonly rate?: number | undefined;
  /** Epoch milliseconds. */
  readonly started: number;
  readonly status: MoveTaskStatus;
  readonly moved: number;
  /** Messages that were there at the start. */
  readonly toMove: number;
  readonly failureReason?: string;
}

/** The reference to a task that clients get, of AWS's form. */
export function taskHandle(id: string, sourceArn: string): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');
}

/** Reads a handle; undefined for other text. */
export function parseTaskHandle(handle: string): { readonly id: string; readonly sourceArn: string } | undefined {
  try {
    const { taskId, sourceArn }: { taskId?: unknown; sourceArn?: unknown } = JSON.parse(
      Buffer.from(handle, 'base64').toString(),
    );
    return typeof taskId === 'string' && typeof sourceArn === 'string' ? { id: taskId, sourceArn } : undefined;
  } catch {
    return undefined;
  }
}
