import { badRequest } from './refusal.js';

export function checkStageName(name: string): string {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(name)) throw badRequest('Stage name only allows a-zA-Z0-9_-');
  return name;
}

/** "Stage variables per stage" and their lengths: quotas that AWS does not raise. */
const VARIABLES = 100;
const VARIABLE_NAME = 64;
const VARIABLE_VALUE = 512;

export function checkVariables(variables: Readonly<Record<string, string>>): void {
  const count = Object.keys(variables).length;
  if (count > VARIABLES) throw badRequest(`A stage has at most ${VARIABLES} stage variables, and this has ${count}`);
  for (const [name, value] of Object.entries(variables)) checkVariable(name, value);
}

function checkVariable(name: string, value: string): void {
  if (name.length > VARIABLE_NAME || value.length > VARIABLE_VALUE)
    throw badRequest(
      `The name of a stage variable has at most ${VARIABLE_NAME} characters and its value ${VARIABLE_VALUE}, and ${name} has more`,
    );
  if (!/^[A-Za-z0-9_]+$/.test(name))
    throw badRequest('Stage variable names can only contain alphanumeric characters and underscores.');
  if (!/^[A-Za-z0-9\-._~:/?#&=,]+$/.test(value)) {
    throw badRequest(
      `Stage variable value for ${name} is invalid. Please use the following regular expression to validate: [A-Za-z0-9-._~:/?#&=,]+`,
    );
  }
}
