const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  formats.set(zone, format);
  return format;
}

/** Throws RangeError for a name that is no zone's. */
export function checkZone(zone: string): void {
  formatOf(zone);
}

/** The clock of a zone, read as if it were UTC. Epoch milliseconds. */
export function wallTime(time: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/**
 * The time at which the clock of a zone shows this. A time that the clock leaves out in spring comes an hour later; of
 * one that it shows twice in autumn, it is the first.
 */
export function timeOf(wall: number, zone: string): number {
  const offsets = [wall - DAY, wall + DAY].map((time) => wallTime(time, zone) - time);
  const candidates = offsets.map((offset) => wall - offset).filter((time) => wallTime(time, zone) === wall);
  return candidates.length > 0 ? Math.min(...candidates) : wall - Math.min(...offsets);
}

const DAY = 86_400_000;
