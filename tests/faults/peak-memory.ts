import { readFile, writeFile } from 'node:fs/promises';

/** Whether the system says how much memory another process had at most. */
export const canMeasureMemory = process.platform === 'linux';

async function residentMegabytes(pid: number, line: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${line}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return Number(kilobytes) / 1024;
}

/** Megabytes of memory by which a process grew at most while something was done to it. */
export async function growthDuring(pid: number, run: () => Promise<unknown>): Promise<number> {
  // 5 resets the peak (proc(5), /proc/pid/clear_refs).
  await writeFile(`/proc/${pid}/clear_refs`, '5');
  const before = await residentMegabytes(pid, 'VmRSS');
  await run();
  return (await residentMegabytes(pid, 'VmHWM')) - before;
}
