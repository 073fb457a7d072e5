import { type FSWatcher, watch as watchFolder } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Milliseconds within which the writes of one save are combined. */
const QUIET = 25;

/** Watches a changing set of files; reports once for changes at the same time. */
export interface FileWatcher {
  /** Replaces the set of files. Installed packages are not watched. */
  readonly files: (paths: readonly string[]) => void;
  readonly close: () => void;
}

/** @param changed receives the changed files */
export function watchFiles(changed: (paths: ReadonlySet<string>) => void): FileWatcher {
  let wanted = new Set<string>();
  const folders = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let together = new Set<string>();
  const tell = () => {
    const paths = together;
    together = new Set();
    changed(paths);
  };
  const touched = (path: string) => {
    if (!wanted.has(path)) return;
    together.add(path);
    clearTimeout(timer);
    timer = setTimeout(tell, QUIET);
  };
  return {
    files: (paths) => {
      wanted = new Set(paths.filter((path) => !path.split(sep).includes('node_modules')));
      const needed = new Set([...wanted].map((path) => dirname(path)));
      for (const [folder, watcher] of folders) {
        if (needed.has(folder)) continue;
        watcher.close();
        folders.delete(folder);
      }
      for (const folder of needed) {
        if (folders.has(folder)) continue;
        // Folders instead of files: an editor that saves by renaming would leave a file watcher on the old file.
        const watcher = watchFolder(folder, (_event, name) => name && touched(join(folder, name)));
        watcher.on('error', () => folders.delete(folder));
        folders.set(folder, watcher);
      }
    },
    close: () => {
      clearTimeout(timer);
      for (const watcher of folders.values()) watcher.close();
    },
  };
}
