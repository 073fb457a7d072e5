import type { Metafile } from 'esbuild';

/** Packages by which others find the native build of theirs, in a folder that a bundle does not have. */
const LOADERS = new Set([
  '@mapbox/node-pre-gyp',
  'bindings',
  'detect-libc',
  'node-gyp-build',
  'node-gyp-build-optional-packages',
  'pkg-prebuilds',
]);

/** A bundled package whose native build would not be found. */
export interface NativePackage {
  readonly name: string;
  /** The bundled file that imports it, relative to the project. */
  readonly importer: string;
  /**
   * True if another package requires it by `require`, and may do without it: accelerators such as `bufferutil` are
   * required so.
   */
  readonly isOptional: boolean;
}

/** The bundled packages that have native builds, each with the import that needs it most. */
export function nativePackages({ inputs }: Metafile): readonly NativePackage[] {
  const native = new Set<string>();
  for (const [path, { imports }] of Object.entries(inputs)) {
    const name = packageOf(path);
    if (name === undefined || LOADERS.has(name)) continue;
    if (imports.some((each) => LOADERS.has(packageOf(each.path) ?? ''))) native.add(name);
  }
  if (native.size === 0) return [];
  const found = new Map<string, NativePackage>();
  for (const [importer, { imports }] of Object.entries(inputs)) {
    const own = packageOf(importer);
    for (const { path, kind } of imports) {
      const name = packageOf(path);
      if (name === undefined || name === own || !native.has(name)) continue;
      const isOptional = own !== undefined && kind === 'require-call';
      if (!isOptional || !found.has(name)) found.set(name, { name, importer, isOptional });
    }
  }
  return [...found.values()];
}

/** The package of an installed file: the last `node_modules` of its path counts. */
function packageOf(path: string): string | undefined {
  return /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}
