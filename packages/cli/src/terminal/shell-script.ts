/** The shells whose syntax `goblet env` can write. */
export const SHELLS = ['sh', 'fish', 'powershell', 'cmd'] as const;
export type Shell = (typeof SHELLS)[number];

const SET: Record<Shell, (name: string, value: string) => string> = {
  sh: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  fish: (name, value) => `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
  powershell: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
};

const UNSET: Record<Shell, (name: string) => string> = {
  sh: (name) => `unset ${name}`,
  fish: (name) => `set -e ${name}`,
  powershell: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
  cmd: (name) => `set "${name}="`,
};

/** The lines with which a shell applies these changes to its environment. */
export function shellScript(shell: Shell, changes: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(changes).map(([name, value]) =>
    value === undefined ? UNSET[shell](name) : SET[shell](name, value),
  );
}
