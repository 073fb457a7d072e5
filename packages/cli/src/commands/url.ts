import { ACCESS_OPTIONS, usingAws } from '../deployed/aws-access.js';
import { selectApis } from '../deployed/select.js';
import type { CommandDefinition } from './command.js';

const CALLED = { rest: 'REST', http: 'HTTP', websocket: 'WebSocket' } as const;

export const url: CommandDefinition = {
  name: 'url',
  arguments: '[stack|function]',
  summary: 'print the URLs of the deployed APIs',
  description:
    "Prints the URL of every API that Goblet's construct has deployed in the account and region of the environment, or of the APIs of one stack, app or function. The first line on standard error says which AWS that is. Standard output has only URLs, one on each line.",
  options: [...ACCESS_OPTIONS, { flags: '--json', description: 'print the APIs with stack, app, kind and id as JSON' }],
  examples: [
    ['npx goblet url', 'print every deployed API'],
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
