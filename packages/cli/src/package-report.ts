/** What esbuild says went into a bundle: bytes by input file. */
export interface BundleInputs {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

const SHOWN = 10;

/** The name a module is known by: its path below the last node_modules, else as it stands. */
function moduleName(path: string): string {
  const marker = 'node_modules/';
  const at = path.lastIndexOf(marker);
  return at === -1 ? path : path.slice(at + marker.length);
}

/** Size of the bundle, and the ten modules that weigh most in it, heaviest first. Bytes are those of the minified bundle. */
export function packageReport(metafile: BundleInputs, bytes: number, zipped: number): string[] {
  const weights = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = moduleName(path);
      weights.set(name, (weights.get(name) ?? 0) + bytesInOutput);
    }
  }
  const heaviest = [...weights].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  const width = Math.max(...heaviest.map(([, weight]) => weight.toLocaleString('en').length));
  return [
    `bundle ${bytes.toLocaleString('en')} bytes, zipped ${zipped.toLocaleString('en')} bytes, ${weights.size} modules`,
    ...heaviest.map(([name, weight]) => `  ${weight.toLocaleString('en').padStart(width)}  ${name}`),
  ];
}
