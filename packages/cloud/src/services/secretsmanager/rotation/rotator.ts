import type { CloudContext } from '../../../core/cloud.js';
import { randomId } from '../../../core/random-id.js';
import type { Area } from '../../../core/store.js';
import { secretArn } from '../secret-id.js';
import type { SecretRecord } from '../secret-record.js';
import type { SecretStore } from '../secret-store.js';
import { PENDING, withPending } from '../versions.js';
import { nextRotation } from './next-rotation.js';
import { runStep, STEPS, type Step } from './rotation-steps.js';

/** Milliseconds after which due rotations are looked for again. */
const LOOK = 60_000;

interface Planned {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly suffix: string;
  /** Epoch milliseconds. */
  readonly due: number;
}

/** Rotates secrets by their functions: when asked to, and when their rules say so. */
export class Rotator {
  readonly #context: CloudContext;
  readonly #secrets: SecretStore;
  readonly #plans: Area;
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(context: CloudContext, secrets: SecretStore) {
    this.#context = context;
    this.#secrets = secrets;
    this.#plans = context.store.root.area('secretsmanager-rotations');
  }

  async start(): Promise<void> {
    await this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#running);
  }

  /** Keeps when a secret is due, or that it no longer is. */
  async plan(record: SecretRecord): Promise<void> {
    const { account, region, name, suffix, nextRotation: due, rotation } = record;
    const isDue = rotation?.enabled && due !== undefined && record.deletion === undefined;
    const plan: Planned | undefined = isDue ? { account, region, name, suffix, due } : undefined;
    await this.#plans.batch([{ key: `${account}/${region}/${name}`, value: plan }]);
    await this.#look();
  }

  /** Runs the steps of a rotation; the answer does not wait for them. */
  begin(record: SecretRecord, version: string, steps: readonly Step[] = STEPS): void {
    const run = this.#rotate(record, version, steps).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async #rotate(record: SecretRecord, version: string, steps: readonly Step[]): Promise<void> {
    const functionArn = record.rotation?.functionArn ?? '';
    const id = { ...record, text: `${record.name}-${record.suffix}`, byArn: true };
    try {
      for (const step of steps) await runStep(this.#context, record, functionArn, version, step);
      if (!steps.includes('finishSecret')) return;
      const done = await this.#secrets.change(id, (now) => ({ ...now, rotated: this.#context.now() }));
      await this.plan(done);
    } catch (error) {
      if (this.#stopped) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#warn(`the rotation of ${secretArn(record)} by ${functionArn} failed: ${message}`);
    }
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const now = this.#context.now();
    let soonest = Number.POSITIVE_INFINITY;
    for await (const [, plan] of this.#plans.range<Planned>({})) {
      if (plan.due <= now) await this.#rotateDue(plan);
      else soonest = Math.min(soonest, plan.due);
    }
    if (soonest === Number.POSITIVE_INFINITY || this.#stopped) return;
    this.#timer = setTimeout(() => void this.#look(), Math.min(LOOK, soonest - now));
    this.#timer.unref();
  }

  async #rotateDue(plan: Planned): Promise<void> {
    const { account, region, name, suffix } = plan;
    const id = { account, region, text: `${name}-${suffix}`, byArn: true };
    const record = await this.#secrets.find(id);
    if (!record?.rotation?.enabled || record.deletion !== undefined) {
      await this.#plans.batch([{ key: `${account}/${region}/${name}`, value: undefined }]);
      return;
    }
    const { rules } = record.rotation;
    const now = this.#context.now();
    const version = pendingId(record) ?? randomId.uuid();
    const changed = await this.#secrets.change(id, (before) => ({
      ...before,
      versions: withPending(before.versions, version, now),
      nextRotation: nextRotation(rules, now),
    }));
    const due = changed.nextRotation;
    await this.#plans.batch([
      { key: `${account}/${region}/${name}`, value: due === undefined ? undefined : { ...plan, due } },
    ]);
    this.begin(changed, version);
  }

  #warn(message: string): void {
    this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
  }
}

/** The version that a rotation before has begun and not finished. */
export function pendingId({ versions }: SecretRecord): string | undefined {
  return versions.find(({ stages }) => stages.includes(PENDING) && stages.length === 1)?.id;
}
