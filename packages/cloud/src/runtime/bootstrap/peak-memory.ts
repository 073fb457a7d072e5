import { openSync, readSync } from 'node:fs';

const buffer = Buffer.alloc(4096);

function openStatus(): number | undefined {
  try {
    return openSync('/proc/self/status', 'r');
  } catch {
    return undefined;
  }
}

const status = openStatus();

/**
 * The peak of this process's resident memory, in kB.
 *
 * On Linux it is not that of getrusage(2), which starts with what the parent had at the fork: a function of 128 MB would
 * seem to outgrow it because the cloud has.
 */
export function peakMemory(): number {
  if (status !== undefined) {
    try {
      const length = readSync(status, buffer, 0, buffer.length, 0);
      const peak = /^VmHWM:\s+(\d+) kB/m.exec(buffer.toString('latin1', 0, length))?.[1];
      if (peak !== undefined) return Number(peak);
    } catch {
      // The function has closed the file; what the cloud measures itself counts.
      return 0;
    }
  }
  return process.resourceUsage().maxRSS;
}
