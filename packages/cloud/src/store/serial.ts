/** Runs what is given for one key one after another, in the order given; other keys do not wait for it. */
export type Serial = <T>(key: string, run: () => Promise<T>) => Promise<T>;

/** For reading a value, deciding, and writing it without another doing the same in between. */
export function createSerial(): Serial {
  const last = new Map<string, Promise<unknown>>();
  return (key, run) => {
    const before = last.get(key);
    const result = before ? before.then(run, run) : run();
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, settled);
    settled.then(() => {
      if (last.get(key) === settled) last.delete(key);
    });
    return result;
  };
}
