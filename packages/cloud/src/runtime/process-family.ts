import { estimatedUse, heldBytes, heldTogether, MemoryGauge, type MemoryUse } from './process-memory.js';
import type { ProcessReaper } from './process-reaper.js';
import type { ProcessEntry, ProcessTable } from './process-table.js';

interface Member {
  readonly entry: ProcessEntry;
  readonly gauge: MemoryGauge;
  use: MemoryUse;
}

const NOTHING = estimatedUse(0);

/**
 * The processes of one environment: the one that runs the handler, and all that came of it, whoever their parent is by
 * now. Who belongs to it is found out by its parent, its process group or session, or the address of the Runtime API in
 * its environment, which no other environment has.
 */
export class ProcessFamily {
  readonly #root: ProcessEntry;
  readonly #reaper: Pick<ProcessReaper, 'watch' | 'forget'>;
  readonly #members = new Map<number, Member>();
  #leaders = new Set<number>();

  /**
   * @param root the leader of its own process group and session
   * @param reaper receives each process, to end it if this one cannot
   */
  constructor(root: ProcessEntry, reaper: Pick<ProcessReaper, 'watch' | 'forget'>) {
    this.#root = root;
    this.#reaper = reaper;
    this.adopt(root);
  }

  has(pid: number): boolean {
    return this.#members.has(pid);
  }

  adopt(entry: ProcessEntry): void {
    this.#members.set(entry.pid, { entry, gauge: new MemoryGauge(entry.pid), use: NOTHING });
    this.#reaper.watch(entry);
    this.#lead(entry);
  }

  /** True if a process that nobody knows belongs here by its parent, group or session. */
  claims({ parent, group, session }: ProcessEntry): boolean {
    return this.#members.has(parent) || this.#leaders.has(group) || this.#leaders.has(session);
  }

  /** Lets go of those who have ended. Groups and sessions count as long as somebody in them was there a moment ago. */
  update(table: ProcessTable): void {
    this.#leaders = new Set();
    const { pid: root } = this.#root;
    if (this.#members.has(root) || !isOther(table.entry(root), this.#root)) this.#leaders.add(root);
    const present = new Set(table.pids);
    for (const [pid, member] of this.#members) {
      this.#lead(member.entry);
      if (present.has(pid)) member.use = table.memory(pid) ?? member.use;
      else this.#drop(pid, member);
    }
  }

  /** Ends those who are there. Gives whether there were any. */
  kill(table: ProcessTable): boolean {
    let any = false;
    for (const [pid, member] of this.#members) {
      const current = table.entry(pid);
      if (current === undefined || current.ended || isOther(current, member.entry)) {
        this.#drop(pid, member);
        continue;
      }
      any = true;
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile, or is not ours to end.
      }
    }
    return any;
  }

  /** The memory of all of them. Pages of files count once, because most of them belong to Node.js. */
  memory(): MemoryUse {
    let held = 0;
    let files = 0;
    for (const member of this.#members.values()) {
      const use = member.gauge.read() ?? member.use;
      held += use.held;
      files = Math.max(files, use.files);
    }
    return { held, files };
  }

  /**
   * True if they use more than this number of bytes.
   * @param exactly measures precisely, at a cost, if processes may share memory
   */
  holdMore(limit: number, exactly: boolean): boolean {
    const { held, files } = this.memory();
    if (held + files <= limit) return false;
    const pids = [...this.#members.keys()];
    const sum = pids.reduce((total, pid) => total + (heldBytes(pid) ?? this.#members.get(pid)?.use.held ?? 0), 0);
    if (sum <= limit || pids.length === 1) return sum > limit;
    return exactly && (heldBytes(process.pid) === undefined || heldTogether(pids) > limit);
  }

  close(): void {
    for (const [pid, member] of this.#members) this.#drop(pid, member);
  }

  #lead({ group, session }: ProcessEntry): void {
    for (const leader of [group, session]) if (leader !== 0) this.#leaders.add(leader);
  }

  #drop(pid: number, { entry, gauge }: Member): void {
    gauge.close();
    this.#reaper.forget(entry);
    this.#members.delete(pid);
  }
}

/** True if the process id now belongs to another process. */
function isOther(current: ProcessEntry | undefined, known: ProcessEntry): boolean {
  return current !== undefined && known.started !== '' && current.started !== known.started;
}
