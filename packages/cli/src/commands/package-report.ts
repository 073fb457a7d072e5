/** The contents of a bundle according to esbuild: bytes by input file. */
export interface BundleInputs {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

const SHOWN = 10;

/** The name of a module: its path below the last node_modules, else its path. */
function moduleName(path: string): string {
  const marker = 'node_modules/';
  const at = path.lastIndexOf(marker);
  return at === -1 ? path : path.slice(at + marker.length);
}

/** The size of a bundle; bytes are those of the minified bundle. */
export interface PackageReport {
  readonly bytes: number;
  readonly zippedBytes: number;
  /** The number of modules. */
  readonly modules: number;
  /** The ten largest, largest first. */
  readonly heaviest: readonly { readonly name: string; readonly bytes: number }[];
}

/** Size of the bundle, and its ten largest modules. */
export function packageReport(metafile: BundleInputs, bytes: number, zippedBytes: number): PackageReport {
  const weights = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = moduleName(path);
      weights.set(name, (weights.get(name) ?? 0) + bytesInOutput);
    }
  }
  const heaviest = [...weights].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  return {
    bytes,
    zippedBytes,
    modules: weights.size,
    heaviest: heaviest.map(([name, weight]) => ({ name, bytes: weight })),
  };
}

/** The report for people. */
export function reportLines({ bytes, zippedBytes, modules, heaviest }: PackageReport): string[] {
  const shown = (figure: number) => figure.toLocaleString('en');
  const width = Math.max(...heaviest.map((module) => shown(module.bytes).length));
  return [
    `bundle ${shown(bytes)} bytes, zipped ${shown(zippedBytes)} bytes, ${modules} modules`,
    ...heaviest.map((module) => `  ${shown(module.bytes).padStart(width)}  ${module.name}`),
  ];
}
