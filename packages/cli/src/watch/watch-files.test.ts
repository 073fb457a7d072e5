import { mkdirSync, mkdtempSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchFiles } from './watch-files.js';

function folder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'goblet-watch-')));
}

/** A watcher of files, and how to await its next call. */
function watched(...files: string[]) {
  let calls = 0;
  let wake = () => {};
  const watcher = watchFiles(() => {
    calls += 1;
    wake();
  });
  watcher.files(files);
  return {
    watcher,
    calls: () => calls,
    next: () => new Promise<void>((resolve) => (wake = resolve)),
    [Symbol.dispose]: () => watcher.close(),
  };
}

test('tells of a change once, even where a save writes twice', async () => {
  const file = join(folder(), 'app.ts');
  writeFileSync(file, '1');
  using watching = watched(file);
  const told = watching.next();
  writeFileSync(file, '2');
  writeFileSync(file, '3');
  await told;
  expect(watching.calls()).toBe(1);
});

test('tells of a save that renames a new file over the old one', async () => {
  const root = folder();
  const file = join(root, 'app.ts');
  writeFileSync(file, '1');
  using watching = watched(file);
  for (const content of ['2', '3']) {
    const told = watching.next();
    writeFileSync(join(root, 'app.ts~'), content);
    renameSync(join(root, 'app.ts~'), file);
    await told;
  }
  expect(watching.calls()).toBeGreaterThanOrEqual(2);
});

test('says nothing of files that are not of the app, nor of installed packages', async () => {
  const root = folder();
  const installed = join(root, 'node_modules', 'left-pad');
  mkdirSync(installed, { recursive: true });
  const [file, other, dependency] = [join(root, 'app.ts'), join(root, 'notes.md'), join(installed, 'index.js')];
  for (const path of [file, other, dependency]) writeFileSync(path, '1');
  using watching = watched(file, dependency);
  const told = watching.next();
  writeFileSync(other, '2');
  writeFileSync(dependency, '2');
  writeFileSync(file, '2');
  await told;
  expect(watching.calls()).toBe(1);
});
