import type { BuildOptions } from 'esbuild';
import type { Entry } from '../entry.js';

/** The options that the deployed bundle and the bundle for the inventory share. */
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
    // CommonJS dependencies find these in every module; an ES module does not have them.
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    legalComments: 'none',
    logLevel: 'silent',
    // A native addon stays a separate file beside the module that requires it.
    loader: { '.node': 'copy' },
    assetNames: '[name]-[hash]',
  };
}
