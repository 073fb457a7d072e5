// Puts the compiled cloud, dynalite and its other pure JavaScript into a few files under dist/bundle. Loading several
// hundred small modules takes three times as long as everything else that happens until the cloud answers.
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = resolve(root, 'dist/bundle');

/** Files that a module names relative to itself are named relative to the bundle instead. */
const relativeFiles = {
  name: 'relative-files',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]cloud[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      return {
        loader: 'js',
        contents: contents.replace(/new URL\((['"])(\.[^'"]+)\1, import\.meta\.url\)/g, (_, _quote, name) => {
          // A folder keeps its slash, without which what is named relative to it would stand beside it.
          const target =
            relative(outdir, resolve(dirname(path), name)).replaceAll('\\', '/') + (name.endsWith('/') ? '/' : '');
          return `new URL(${JSON.stringify(target)}, import.meta.url)`;
        }),
      };
    });
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    index: 'dist/index.js',
    testing: 'dist/testing/index.js',
    'execute-api': 'dist/services/execute-api/index.js',
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  metafile: true,
  // It finds its prebuilt binary relative to its own files.
  external: ['classic-level'],
  // Modules that were CommonJS ask for Node's modules by require.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  plugins: [relativeFiles],
  logLevel: 'warning',
});

// Chunks of the last build go once this one is whole: whoever starts meanwhile finds either.
const written = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const name of await readdir(outdir)) if (!written.has(name)) await rm(resolve(outdir, name), { force: true });

// A bundle that can not be loaded is no bundle.
const { startCloud } = await import(pathToFileURL(resolve(outdir, 'index.js')).href);
if (typeof startCloud !== 'function') throw new Error('the bundle does not export startCloud');
