import type { Write } from '../../../core/store.js';
import { createSerial } from '../../../store/serial.js';
import { deployedTemplate } from '../stack/deployed-template.js';
import type { Stack, StackDefinition, StackOperation, StackResource } from '../stack/stack.js';
import { StackStore, stacksInProgress, write } from '../stack/stack-store.js';
import type { Template } from '../template/template.js';
import { cleanUp, deleteResources } from './clean-up.js';
import { targetOf } from './deploy.js';
import { deployStack } from './deploy-stack.js';
import { deploymentNote } from './deployment-note.js';
import { exportWrites } from './exports.js';
import { cleanUpAfterRollback, rollBackCreate, rollBackUpdate } from './roll-back.js';
import { type EngineContext, StackRun } from './stack-run.js';

/** Work that is done by then is done before the request that asked for it is answered, milliseconds. */
const SETTLE = 1000;

/** Runs operations on stacks. Each runs to its end, no matter who waits for it. */
export class Engine {
  readonly #running = new Map<string, Promise<void>>();
  readonly #parents = new Map<string, string>();
  readonly #serial = createSerial();

  constructor(readonly context: EngineContext) {}

  /** Runs `work` when nothing else that names the same stack does. */
  exclusively<T>(
    { account, region, name }: { readonly account: string; readonly region: string; readonly name: string },
    work: () => Promise<T>,
  ): Promise<T> {
    return this.#serial(`${account}/${region}/${name}`, work);
  }

  /** Says that a stack about to be made is nested in another. */
  nest(stackId: string, parentId: string): void {
    this.#parents.set(stackId, parentId);
  }

  /** The stack that one about to be made is nested in. */
  parentOf(stackId: string): string | undefined {
    return this.#parents.get(stackId);
  }

  /** Keeps a stack that is only proposed by a change set yet. */
  async review(stack: Stack, ...writes: readonly Write[]): Promise<void> {
    const store = new StackStore(this.context.cloud.store, stack);
    const operation = {
      kind: 'CREATE',
      principal: { kind: 'root', account: stack.account },
      onFailure: 'ROLLBACK',
      retain: [],
      skip: [],
    } as const;
    const run = await StackRun.load(this.context, store, stack, operation);
    await run.setStatus('REVIEW_IN_PROGRESS', 'User Initiated', {}, write.name(stack), ...writes);
  }

  /** Begins to make a new stack, whose header is `stack`. */
  async create(stack: Stack, operation: StackOperation): Promise<void> {
    const run = await this.#load(stack, operation);
    await run.setStatus('CREATE_IN_PROGRESS', 'User Initiated', { operation }, write.name(stack));
    // From now on the stack itself says it.
    this.#parents.delete(stack.id);
    this.#start(run, () => this.#create(run));
  }

  /** Begins to change a stack to `definition`. */
  async update(stack: Stack, definition: StackDefinition, operation: StackOperation): Promise<void> {
    const run = await this.#load(stack, operation);
    // After an update that failed and was not rolled back, the state to go back to is the one before it.
    const stable = stack.stable ?? {
      definition: stack.definition,
      outputs: stack.outputs,
      imports: stack.imports,
      resources: [...run.resources.values()],
    };
    const updated = this.context.cloud.now();
    const change = {
      operation,
      stable,
      definition,
      updated,
      disableRollback: operation.onFailure === 'DO_NOTHING',
    };
    await run.setStatus('UPDATE_IN_PROGRESS', 'User Initiated', change);
    this.#start(run, () => this.#update(run));
  }

  /** Begins to delete a stack. */
  async delete(stack: Stack, operation: StackOperation): Promise<void> {
    const run = await this.#load(stack, operation);
    const deleted = this.context.cloud.now();
    await run.setStatus('DELETE_IN_PROGRESS', 'User Initiated', { operation, deleted });
    this.#start(run, () => this.#delete(run));
  }

  /** Begins to undo an operation that failed and was left as it was. */
  async rollBack(stack: Stack, operation: StackOperation): Promise<void> {
    const run = await this.#load(stack, operation);
    this.#start(run, () => this.#rollBack(run, 'User Initiated'));
  }

  /** Waits for a stack's operation to end, at most a second. */
  async settled(stackId: string): Promise<void> {
    const running = this.#running.get(stackId);
    if (!running) return;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, SETTLE);
    });
    await Promise.race([running, timeout]);
    clearTimeout(timer);
  }

  /** Waits for a stack's operation to end, however long it takes. */
  async finished(stackId: string): Promise<void> {
    await this.#running.get(stackId);
  }

  /** Goes on with every operation that the end of the last process cut off. */
  async resume(): Promise<void> {
    for (const { stackId, ...scope } of await stacksInProgress(this.context.cloud.store)) {
      const stack = await new StackStore(this.context.cloud.store, scope).find(stackId);
      if (!stack?.operation) continue;
      const run = await this.#load(stack, stack.operation);
      this.#start(run, () => this.#goOn(run));
    }
  }

  #note(run: StackRun): string | undefined {
    return deploymentNote(run.resources.values(), this.context.resourceTypes, run.stack);
  }

  #load(stack: Stack, operation: StackOperation): Promise<StackRun> {
    return StackRun.load(this.context, new StackStore(this.context.cloud.store, stack), stack, operation);
  }

  #start(run: StackRun, work: () => Promise<void>): void {
    const { id, name } = run.stack;
    const running = work()
      .catch((error: unknown) => {
        if (this.context.stopped.aborted) return;
        const message = `Stack ${name} stopped in ${run.stack.status}: ${error instanceof Error ? error.stack : String(error)}`;
        this.context.cloud.emit({ kind: 'warning', time: this.context.cloud.now(), message });
      })
      .finally(() => this.#running.delete(id));
    this.#running.set(id, running);
  }

  #goOn(run: StackRun): Promise<void> {
    const { status, stable } = run.stack;
    switch (status) {
      case 'CREATE_IN_PROGRESS':
        return this.#create(run);
      case 'UPDATE_IN_PROGRESS':
        return this.#update(run);
      case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS':
        return this.#completeUpdate(run, deployedTemplate(run.stack.definition));
      case 'ROLLBACK_IN_PROGRESS':
        return rollBackCreate(run);
      case 'UPDATE_ROLLBACK_IN_PROGRESS':
        return stable ? rollBackUpdate(run, stable) : Promise.resolve();
      case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
        return stable ? cleanUpAfterRollback(run, stable) : Promise.resolve();
      case 'DELETE_IN_PROGRESS':
        return this.#delete(run);
      default:
        return Promise.resolve();
    }
  }

  async #create(run: StackRun): Promise<void> {
    const outcome = await deployStack(run);
    if (outcome.kind === 'failed') return this.#fail(run, outcome.reason);
    const { outputs, imports } = outcome;
    const writes = exportWrites(run.stack, outputs);
    await run.complete('CREATE_COMPLETE', this.#note(run), { outputs, imports }, ...writes);
  }

  async #update(run: StackRun): Promise<void> {
    const outcome = await deployStack(run);
    if (outcome.kind === 'failed') return this.#fail(run, outcome.reason);
    const { template, outputs, imports } = outcome;
    const change = { outputs, imports };
    await run.setStatus('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', undefined, change, ...exportWrites(run.stack, outputs));
    await this.#completeUpdate(run, template);
  }

  async #completeUpdate(run: StackRun, template: Template): Promise<void> {
    const { graph } = targetOf(run, template, await run.store.exports());
    await cleanUp(
      run,
      (logicalId) => graph.has(logicalId),
      ({ updateReplacePolicy, deletionPolicy }, isCurrent) => {
        const policy = isCurrent ? deletionPolicy : updateReplacePolicy;
        return policy === 'Delete' || policy === 'Snapshot' ? 'Delete' : 'Retain';
      },
    );
    await run.complete('UPDATE_COMPLETE', this.#note(run), { stable: undefined });
  }

  async #fail(run: StackRun, reason: string): Promise<void> {
    const { kind, onFailure } = run.operation;
    if (onFailure === 'DO_NOTHING') {
      await run.setStatus(kind === 'CREATE' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason, { operation: undefined });
      return;
    }
    if (kind === 'CREATE' && onFailure === 'DELETE') {
      await run.setStatus('DELETE_IN_PROGRESS', `${reason}Delete requested by user.`);
      await this.#delete(run);
      return;
    }
    await this.#rollBack(run, reason);
  }

  async #rollBack(run: StackRun, reason: string): Promise<void> {
    const { stable } = run.stack;
    const requested = reason.endsWith('. ') ? `${reason}Rollback requested by user.` : reason;
    if (!stable) {
      // AWS counts the rollback of a creation as its deletion.
      const deleted = this.context.cloud.now();
      await run.setStatus('ROLLBACK_IN_PROGRESS', requested, { operation: run.operation, deleted });
      await rollBackCreate(run);
      return;
    }
    const { definition, outputs, imports } = stable;
    const change = { definition, outputs, imports, operation: run.operation };
    await run.setStatus('UPDATE_ROLLBACK_IN_PROGRESS', requested, change, ...exportWrites(run.stack, outputs));
    await rollBackUpdate(run, stable);
  }

  async #delete(run: StackRun): Promise<void> {
    const { retain } = run.operation;
    const policyOf = ({ logicalId, deletionPolicy }: StackResource): 'Delete' | 'Retain' =>
      !retain.includes(logicalId) && (deletionPolicy === 'Delete' || deletionPolicy === 'Snapshot')
        ? 'Delete'
        : 'Retain';
    const failed = await deleteResources(run, [
      ...run.stack.leftovers.map((resource) => ({ resource, isCurrent: false, policy: policyOf(resource) })),
      ...[...run.resources.values()].map((resource) => ({ resource, isCurrent: true, policy: policyOf(resource) })),
    ]);
    if (failed.length > 0) {
      const reason = `The following resource(s) failed to delete: [${failed.join(', ')}]. `;
      await run.setStatus('DELETE_FAILED', reason, { operation: undefined });
      return;
    }
    const { stack } = run;
    const change = { deleted: this.context.cloud.now(), operation: undefined, stable: undefined, leftovers: [] };
    await run.setStatus('DELETE_COMPLETE', undefined, change, write.nameGone(stack), ...exportWrites(stack, []));
  }
}
