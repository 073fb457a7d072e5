import { applied } from '../cloud/cloud-environment.js';
import { createGobletProgram } from '../create-goblet.js';
import { runProgram } from '../run-program.js';
import type { CommandDefinition } from './command.js';

export const newCommand: CommandDefinition = {
  name: 'new',
  arguments: '<folder>',
  summary: 'write a new project',
  description:
    "Writes a new project into the folder: an app with one route, its test, and its CDK stack. The last part of the folder is the project's name. npm create goblet does the same. Nothing is overwritten or installed.",
  options: [{ flags: '--json', description: 'print the folder and its files as JSON' }],
  examples: [['npx goblet new orders', 'write the project; then: cd orders && npm install && npm test']],
  run: async ([folder = ''], options, terminal) => {
    const program = createGobletProgram(import.meta.url);
    const args = [program, ...(options.json === true ? ['--json'] : []), '--', folder];
    return runProgram(process.execPath, args, applied(process.env, {}), terminal.signal);
  },
};
