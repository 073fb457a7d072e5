import type { BuildOptions } from 'esbuild';
import type { Entry } from '../entry.js';

/** What the deployed bundle and the one that is evaluated for the inventory have in common. */
export function commonOptions(entry: Entry): BuildOptions {
  return {
    absWorkingDir: entry.project,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    write: false,
    metafile: true,
    // What CommonJS dependencies find in every module, and an ES module has not.
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    legalComments: 'none',
    logLevel: 'silent',
    // A native addon stays a file of its own beside the module that requires it.
    loader: { '.node': 'copy' },
    assetNames: '[name]-[hash]',
  };
}
