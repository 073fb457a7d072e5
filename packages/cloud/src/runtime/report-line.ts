import type { InvocationFailure, InvocationReport } from './invocation.js';

/** The lines that Lambda itself writes into a function's log, as text or as JSON. */
export interface PlatformLines {
  readonly initStart: () => string;
  /** @param duration milliseconds */
  readonly initFailed: (errorType: string, duration: number) => string;
  readonly start: (requestId: string) => string;
  readonly end: (requestId: string, failure?: InvocationFailure) => string;
  readonly report: (requestId: string, report: InvocationReport) => string;
}

const milliseconds = (value: number): number => Number(value.toFixed(2));

export function platformLines(version: string, memorySize: number, json: boolean): PlatformLines {
  const runtimeVersion = `nodejs:${process.versions.node}`;
  if (json) {
    const line = (type: string, record: unknown): string =>
      JSON.stringify({ time: new Date().toISOString(), type, record });
    return {
      initFailed: (errorType, duration) =>
        line('platform.initReport', {
          initializationType: 'on-demand',
          phase: 'init',
          status: 'error',
          errorType,
          metrics: { durationMs: milliseconds(duration) },
        }),
      initStart: () =>
        line('platform.initStart', {
          initializationType: 'on-demand',
          phase: 'init',
          runtimeVersion,
          functionVersion: version,
        }),
      start: (requestId) => line('platform.start', { requestId, version }),
      end: (requestId, failure) =>
        line('platform.runtimeDone', { requestId, ...(failure ?? { status: 'success' as const }) }),
      report: (requestId, { duration, initDuration, maxMemoryUsed, failure }) =>
        line('platform.report', {
          requestId,
          ...(failure ?? { status: 'success' as const }),
          metrics: {
            durationMs: milliseconds(duration),
            billedDurationMs: Math.ceil(duration),
            memorySizeMB: memorySize,
            maxMemoryUsedMB: maxMemoryUsed,
            ...(initDuration !== undefined && { initDurationMs: milliseconds(initDuration) }),
          },
        }),
    };
  }
  return {
    initFailed: (errorType, duration) =>
      `INIT_REPORT Init Duration: ${duration.toFixed(2)} ms\tPhase: init\tStatus: error\tError Type: ${errorType}`,
    initStart: () => `INIT_START Runtime Version: ${runtimeVersion}`,
    start: (requestId) => `START RequestId: ${requestId} Version: ${version}`,
    end: (requestId) => `END RequestId: ${requestId}`,
    report: (requestId, { duration, initDuration, maxMemoryUsed, failure }) =>
      `REPORT RequestId: ${requestId}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${Math.ceil(duration)} ms\t` +
      `Memory Size: ${memorySize} MB\tMax Memory Used: ${maxMemoryUsed} MB\t` +
      (initDuration === undefined ? '' : `Init Duration: ${initDuration.toFixed(2)} ms\t`) +
      (failure === undefined ? '' : `Status: ${failure.status}`) +
      (failure?.status === 'error' ? `\tError Type: ${failure.errorType}` : ''),
  };
}
