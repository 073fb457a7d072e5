import { coded } from './catalogue.js';

export const GOBLET_CLI_APP =
  'The app cannot be served as it is: it has no routes, or lacks environment variables. The message names them.';

export const noRoutes = (app: string) =>
  coded('GOBLET_CLI_APP', `${app} has no routes to serve; declare one, for example app.get('/', () => 'hello')`);

/** @param instead how to try the sources */
export const onlySources = (app: string, sources: string, instead: string) =>
  coded('GOBLET_CLI_APP', `${app} has no routes to serve, only ${sources}; ${instead}`);

export const variablesMissing = (app: string, missing: readonly string[]) =>
  coded(
    'GOBLET_CLI_APP',
    `${app} needs ${missing.join(', ')} in its environment; start it as: ${missing.map((variable) => `${variable}=…`).join(' ')} npx goblet local`,
  );

export const notStarted = (reason: string) => coded('GOBLET_CLI_APP', `the app does not start: ${reason}`);

export const endedEarly = (exitCode: number, signal: string | null) =>
  coded('GOBLET_CLI_APP', `the app ended before it could serve (${signal ?? `exit code ${exitCode}`})`);

export const GOBLET_CLI_NO_CLOUD = 'No local cloud is running for the data folder. Start it with `npx goblet cloud`.';

export const noCloud = (dataFolder: string) =>
  coded('GOBLET_CLI_NO_CLOUD', `no local cloud runs on ${dataFolder}; start one with: npx goblet cloud`);

export const GOBLET_CLI_PORT_TAKEN = 'Another program uses the port. Stop it, or choose another port with `--port`.';

/** @param owner the program that has it, if that can be found out */
export const portTaken = (
  port: number,
  host: string,
  owner: { readonly command: string; readonly pid: number } | undefined,
) =>
  coded(
    'GOBLET_CLI_PORT_TAKEN',
    `port ${port} of ${host} is taken${owner === undefined ? '' : ` by ${owner.command} (process ${owner.pid})`}; stop that program, or use --port with another port; 0 chooses a free one`,
  );
