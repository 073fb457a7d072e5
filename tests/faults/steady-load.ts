import { setTimeout } from 'node:timers/promises';

export interface LoadReport {
  readonly sent: number;
  /** Requests that were left out, as so many were under way that more would only have waited. */
  readonly leftOut: number;
  /** What was wrong with the answers, the first few of them. */
  readonly wrong: readonly string[];
  readonly wrongCount: number;
  /** Milliseconds of every answer, the least first. */
  readonly times: readonly number[];
}

const MOST_UNDER_WAY = 200;

/** Sends requests at a steady rate for so many milliseconds, however long their answers take. */
export async function steadyLoad(
  perSecond: number,
  milliseconds: number,
  request: (number: number) => Promise<void>,
): Promise<LoadReport> {
  const times: number[] = [];
  const wrong: string[] = [];
  const underWay = new Set<Promise<void>>();
  let sent = 0;
  let leftOut = 0;
  let wrongCount = 0;
  const send = async () => {
    const begun = performance.now();
    try {
      await request(sent++);
      times.push(performance.now() - begun);
    } catch (error) {
      wrongCount++;
      if (wrong.length < 10) wrong.push(String(error));
    }
  };
  const begun = performance.now();
  for (let due = 0; performance.now() - begun < milliseconds; ) {
    for (; due < ((performance.now() - begun) / 1_000) * perSecond; due++) {
      if (underWay.size >= MOST_UNDER_WAY) {
        leftOut++;
        continue;
      }
      const one = send().finally(() => underWay.delete(one));
      underWay.add(one);
    }
    await setTimeout(5);
  }
  await Promise.all(underWay);
  return { sent, leftOut, wrong, wrongCount, times: times.sort((a, b) => a - b) };
}
