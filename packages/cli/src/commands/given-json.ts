import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { CliError } from '../cli-error.js';
import { notJson, unreadableJson } from '../errors/option.js';

/** Parses the JSON of an option; the error shows where it is invalid. */
export function parseJson(option: string, from: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new CliError(notJson(option, from, reason));
  }
}

/** The value of an option: JSON itself, `-` for standard input, else a file. */
export async function givenJson(option: string, given: string): Promise<unknown> {
  if (given === '-') return parseJson(option, 'standard input', await readAll(process.stdin));
  if (/^\s*[[{"]/.test(given) || /^(null|true|false|-?\d+(\.\d+)?)$/.test(given))
    return parseJson(option, given, given);
  let file: string;
  try {
    file = readFileSync(given, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(unreadableJson(option, given, reason));
  }
  return parseJson(option, given, file);
}
