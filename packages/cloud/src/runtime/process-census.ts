import { setTimeout as delay } from 'node:timers/promises';
import { ProcessFamily } from './process-family.js';
import type { ProcessReaper } from './process-reaper.js';
import { type ProcessEntry, type ProcessTable, readProcess, readProcesses } from './process-table.js';

/** Milliseconds in which the processes of an environment should have gone. */
const PATIENCE = 2000;
const ADDRESS = 'AWS_LAMBDA_RUNTIME_API=';

/**
 * Knows which processes of this machine belong to which environment. A process is looked at when it first appears;
 * after that its number tells who it is, since numbers are not given again between two looks.
 */
export class ProcessCensus {
  readonly #reaper: ProcessReaper;
  readonly #families = new Map<string, ProcessFamily>();
  readonly #ends = new Map<string, Promise<void>>();
  #strangers = new Set<number>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(reaper: ProcessReaper) {
    this.#reaper = reaper;
  }

  /**
   * Must be called as soon as the process of an environment is there, before anything else can happen.
   * @param address the value of AWS_LAMBDA_RUNTIME_API that it was started with
   */
  register(pid: number, address: string): ProcessFamily {
    const entry = readProcess(pid) ?? { pid, parent: process.pid, group: pid, session: 0, started: '', ended: false };
    const family = new ProcessFamily(entry, this.#reaper);
    this.#families.set(address, family);
    return family;
  }

  /** Looks who has come and gone; gives what it saw, where the system tells. */
  look(): Promise<ProcessTable | undefined> {
    const looked = this.#last.then(() => this.#look()).catch(() => undefined);
    this.#last = looked;
    return looked;
  }

  async #look(): Promise<ProcessTable | undefined> {
    if (this.#families.size === 0) return undefined;
    const before = new Set(this.#families.values());
    const table = await readProcesses();
    if (table === undefined) return undefined;
    for (const family of this.#families.values()) if (before.has(family)) family.update(table);
    const strangers = new Set([process.pid]);
    const unknown: ProcessEntry[] = [];
    for (const pid of table.pids) {
      if (this.#strangers.has(pid)) strangers.add(pid);
      else if (!this.#isMember(pid)) {
        const entry = table.entry(pid);
        if (entry && !entry.ended) unknown.push(entry);
      }
    }
    let rest = this.#adoptRelatives(unknown);
    rest = this.#adoptRelatives(rest.filter((entry) => !this.#adoptMarked(entry, table)));
    for (const { pid } of rest) strangers.add(pid);
    this.#strangers = strangers;
    return table;
  }

  /** Ends what is left of an environment. Resolves when it has gone, or would not go. */
  end(address: string): Promise<void> {
    const end = this.#ends.get(address) ?? this.#end(address).finally(() => this.#ends.delete(address));
    this.#ends.set(address, end);
    return end;
  }

  async #end(address: string): Promise<void> {
    const family = this.#families.get(address);
    const deadline = performance.now() + PATIENCE;
    while (family) {
      const table = await this.look();
      if (table === undefined || !family.kill(table) || performance.now() > deadline) break;
      await delay(5);
    }
    this.#families.delete(address);
    family?.close();
  }

  /** Resolves when every environment that is being ended has gone. */
  async close(): Promise<void> {
    await Promise.all([...this.#ends.values()]);
  }

  #isMember(pid: number): boolean {
    for (const family of this.#families.values()) if (family.has(pid)) return true;
    return false;
  }

  /** Gives those that nobody has claimed. */
  #adoptRelatives(entries: readonly ProcessEntry[]): readonly ProcessEntry[] {
    for (let rest = entries; ; ) {
      const unclaimed = rest.filter((entry) => {
        const family = [...this.#families.values()].find((each) => each.claims(entry));
        family?.adopt(entry);
        return family === undefined;
      });
      if (unclaimed.length === rest.length) return rest;
      rest = unclaimed;
    }
  }

  #adoptMarked(entry: ProcessEntry, table: ProcessTable): boolean {
    const environment = table.environment(entry.pid);
    const at = environment.indexOf(ADDRESS);
    if (at < 0) return false;
    const family = this.#families.get(environment.slice(at + ADDRESS.length).split('\0', 1)[0] ?? '');
    family?.adopt(entry);
    return family !== undefined;
  }
}
