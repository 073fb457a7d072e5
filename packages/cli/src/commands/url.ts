import { ACCESS_OPTIONS, usingAws } from '../deployed/aws-access.js';
import { selectApis } from '../deployed/select.js';
import type { CommandDefinition } from './command.js';

const CALLED = { rest: 'REST', http: 'HTTP', websocket: 'WebSocket' } as const;

export const url: CommandDefinition = {
  name: 'url',
  arguments: '[stack|function]',
  summary: 'print where the deployed APIs answer',
  description:
    "Prints the address of every API that Goblet's construct has deployed in the account and region that the environment leads to, or of those of one stack, app or function. The first line, on standard error, says which AWS that is; standard output is addresses alone, one a line.",
  options: [...ACCESS_OPTIONS, { flags: '--json', description: 'the APIs with stack, app, kind and id, as JSON' }],
  examples: [
    ['npx goblet url', 'every deployed API'],
    ['curl "$(npx goblet url WebApiDev)users"', 'call the API of one stack'],
  ],
  run: async ([name], options, terminal) =>
    usingAws(options, terminal, async (access) => {
      const { findDeployed } = await import('../deployed/find-deployed.js');
      const apis = selectApis(await findDeployed(access, terminal), name, access);
      if (options.json === true) terminal.out(JSON.stringify(apis, null, 2));
      else {
        for (const { stack, app, kind, url: address } of apis) {
          terminal.note(terminal.colors.dim(`${stack}: ${app}, ${CALLED[kind]} API`));
          terminal.out(address);
        }
      }
      return 0;
    }),
};
