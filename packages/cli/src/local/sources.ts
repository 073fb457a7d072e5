type Files = Readonly<Record<string, Uint8Array>>;

/**
 * The files of a bundle, its source maps pointing into the project: they name sources relative to it, and the bundle
 * runs elsewhere.
 *
 * @param project the folder that sources are relative to
 */
export function sourcesOf(files: Files, project: string): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, contents]) => {
      if (!name.endsWith('.map')) return [name, contents];
      const map: object = JSON.parse(new TextDecoder().decode(contents));
      return [name, new TextEncoder().encode(JSON.stringify({ ...map, sourceRoot: `${project}/` }))];
    }),
  );
}
