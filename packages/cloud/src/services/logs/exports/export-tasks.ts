import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { type Due, DurableQueue } from '../../../core/durable-queue.js';
import type { Scope } from '../../../core/operation.js';
import { RecordStore } from '../../../kit/record-store.js';
import type { LogStore } from '../log-store.js';
import { type ExportedRange, exportEvents } from './exported-objects.js';

/** Milliseconds before an export starts. AWS takes several seconds. */
const WAIT = 1000;

type StatusCode = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

/** An export of a group's events to a bucket, as it is stored. */
export interface ExportTask extends ExportedRange, Scope {
  readonly id: string;
  readonly taskName?: string | undefined;
  readonly status: { readonly code: StatusCode; readonly message?: string };
  /** Epoch milliseconds. */
  readonly created: number;
  readonly completed?: number;
}

interface DueTask extends Due {
  readonly key: string;
}

const keyOf = ({ account, region, id }: Scope & { readonly id: string }): string => `${account}/${region}/${id}`;

const isOver = ({ status: { code } }: ExportTask): boolean => code !== 'PENDING' && code !== 'RUNNING';

/** The export tasks of every account and region. A restart of the cloud starts those that were under way anew. */
export class ExportTasks {
  readonly #context: CloudContext;
  readonly #logs: LogStore;
  readonly #tasks: RecordStore<ExportTask>;
  readonly #queue: DurableQueue<DueTask>;

  constructor(context: CloudContext, logs: LogStore) {
    this.#context = context;
    this.#logs = logs;
    this.#tasks = new RecordStore<ExportTask>(context.store.root.area('logs-export-tasks'), keyOf);
    const area = context.store.root.area('logs-exports');
    this.#queue = new DurableQueue(area, context.now, async ({ key }) => {
      await this.#run(key);
      return undefined;
    });
  }

  async start(): Promise<void> {
    await this.#tasks.load();
    await this.#queue.resume();
  }

  stop(): void {
    this.#queue.stop();
  }

  /** The newest first. */
  list(scope: Scope): readonly ExportTask[] {
    return this.#tasks.list(scope, ({ created, id }) => `${String(created).padStart(15, '0')} ${id}`).toReversed();
  }

  /** @throws AwsError LimitExceededException where another one is under way */
  async create(task: ExportTask): Promise<void> {
    if (this.list(task).some((each) => !isOver(each))) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    }
    await this.#tasks.put(task);
    await this.#queue.accept({ due: this.#context.now() + WAIT, key: keyOf(task) });
  }

  /** @throws AwsError ResourceNotFoundException, InvalidOperationException */
  async cancel(scope: Scope, id: string): Promise<void> {
    const task = this.#tasks.find(keyOf({ ...scope, id }));
    if (!task) throw new AwsError('ResourceNotFoundException', 'The specified export task does not exist.');
    if (isOver(task)) {
      throw new AwsError('InvalidOperationException', 'The specified export task has already finished.');
    }
    await this.#tasks.put({ ...task, status: { code: 'CANCELLED' }, completed: this.#context.now() });
  }

  async #run(key: string): Promise<void> {
    const task = this.#tasks.find(key);
    if (!task || isOver(task)) return;
    await this.#tasks.put({ ...task, status: { code: 'RUNNING' } });
    const status = await this.#attempt(task);
    // It may have been cancelled meanwhile.
    if (this.#queue.stopped || this.#tasks.find(key)?.status.code !== 'RUNNING') return;
    await this.#tasks.put({ ...task, status, completed: this.#context.now() });
  }

  async #attempt(task: ExportTask): Promise<ExportTask['status']> {
    try {
      await exportEvents(task, { ...this.#context, logs: this.#logs });
      return { code: 'COMPLETED', message: 'Completed successfully' };
    } catch (error) {
      return { code: 'FAILED', message: error instanceof Error ? error.message : String(error) };
    }
  }
}
