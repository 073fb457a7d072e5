import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface PortOwner {
  readonly pid: number;
  /** The name of its program. */
  readonly command: string;
}

const LISTENING = '0A';

/**
 * The process that listens on a TCP port; undefined if this system or this user cannot find out. Reads Linux's /proc.
 */
export function portOwner(port: number): PortOwner | undefined {
  const sockets = new Set([...inodes('/proc/net/tcp', port), ...inodes('/proc/net/tcp6', port)]);
  if (sockets.size === 0) return undefined;
  for (const pid of list('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const holds = list(`/proc/${pid}/fd`).some((fd) => sockets.has(link(`/proc/${pid}/fd/${fd}`)));
    if (holds) return { pid: Number(pid), command: text(`/proc/${pid}/comm`).trim() };
  }
  return undefined;
}

/** The sockets that listen on the port, as links of /proc/<pid>/fd name them (proc(5), "/proc/net/tcp"). */
function inodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return text(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTENING)
    .map((fields) => `socket:[${fields[9]}]`);
}

/** Processes may appear and disappear, and those of other users cannot be read. */
function unless<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

const text = (path: string) => unless(() => readFileSync(path, 'utf8'), '');
const list = (path: string) => unless(() => readdirSync(path), []);
const link = (path: string) => unless(() => readlinkSync(path), '');
