import { type Finding, fail, ok, type Patient, warn } from './finding.js';

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;

/** Checks that the app loads, is complete, and finds what `goblet local` would need. */
export async function appFindings({ directory, environment, entry }: Patient): Promise<readonly Finding[]> {
  const { BuildError, loadConfig, stageOf, takeInventory } = await import('@goblet/build');
  const { missingVariables } = await import('../local/missing-variables.js');
  try {
    const { inventory, entry: taken } = await takeInventory({
      ...(entry !== undefined && { entry }),
      directory,
      onOutput: () => {},
    });
    const { name, functions, routes, sources } = inventory;
    const loaded = ok('app', `${name}: ${count(routes.length, 'route')}, ${count(functions.length, 'function')}`);
    const unhandled = sources.filter((source) => source.function === undefined).map((source) => source.name);
    const stage = stageOf(await loadConfig({ project: taken.project }), undefined);
    const missing = missingVariables(inventory, { ...stage.environment, ...environment });
    return [
      loaded,
      ...(unhandled.length === 0
        ? []
        : [
            warn(
              'sources',
              `no handler for ${unhandled.join(', ')}`,
              `add app.on('${unhandled[0]}', …), or remove the source`,
            ),
          ]),
      missing.length === 0
        ? ok('bindings', 'every variable that the app needs is set')
        : warn(
            'bindings',
            `${missing.join(', ')} not set, but goblet local needs ${missing.length === 1 ? 'it' : 'them'}`,
            `set ${missing.length === 1 ? 'it' : 'them'}, or give environment in goblet.config.ts`,
          ),
    ];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    const [message = ''] = error.message.split('\n');
    return [fail('app', message, 'npx goblet inventory shows its stack trace; name another file with --entry')];
  }
}
