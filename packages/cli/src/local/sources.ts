type Files = Readonly<Record<string, Uint8Array>>;

/**
 * The files of a bundle with source maps that point into the project. They name sources relative to it, but the bundle
 * runs elsewhere.
 *
 * @param project the folder to which sources are relative
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
