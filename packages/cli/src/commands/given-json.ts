import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { CliError } from '../cli-error.js';

/** JSON of an option, refused with where it is broken. */
export function parseJson(option: string, from: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new CliError('GOBLET_CLI_OPTION', `${option}: ${from} is no JSON (${reason})`);
  }
}

/** What an option gives: JSON in itself, `-` for that of standard input, else that of a file. */
export async function givenJson(option: string, given: string): Promise<unknown> {
  if (given === '-') return parseJson(option, 'what standard input gave', await readAll(process.stdin));
  if (/^\s*[[{"]/.test(given) || /^(null|true|false|-?\d+(\.\d+)?)$/.test(given))
    return parseJson(option, given, given);
  let file: string;
  try {
    file = readFileSync(given, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError('GOBLET_CLI_OPTION', `${option} ${given}: ${reason}; give JSON, a file that holds it, or -`);
  }
  return parseJson(option, given, file);
}
