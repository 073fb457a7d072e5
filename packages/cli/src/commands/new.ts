import { applied } from '../cloud/cloud-environment.js';
import { createGobletProgram } from '../create-goblet.js';
import { runProgram } from '../run-program.js';
import type { CommandDefinition } from './command.js';

export const newCommand: CommandDefinition = {
  name: 'new',
  arguments: '<folder>',
  summary: 'write a new project',
  description:
    "Writes a new project into the folder, whose last part is the project's name: an app with one route, its test, and its CDK stack. It is what npm create goblet does. Nothing is overwritten and nothing installed.",
  options: [{ flags: '--json', description: 'the folder and its files, as JSON' }],
  examples: [['npx goblet new orders', 'and: cd orders && npm install && npm test']],
  run: async ([folder = ''], options, terminal) => {
    const program = createGobletProgram(import.meta.url);
    const args = [program, ...(options.json === true ? ['--json'] : []), '--', folder];
    return runProgram(process.execPath, args, applied(process.env, {}), terminal.signal);
  },
};
