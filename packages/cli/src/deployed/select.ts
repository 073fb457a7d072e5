import { CliError } from '../cli-error.js';
import { targetPlace } from '../cloud/aws-target.js';
import { noMatch, noStack } from '../errors/aws.js';
import { severalFunctions } from '../errors/option.js';
import type { AwsAccess } from './aws-access.js';
import type { DeployedApi, DeployedFunction, DeployedResources } from './find-deployed.js';

/** `WebApiDev/APIHandler`: a function by its stack and its name in the app. */
export const fullName = ({ stack, function: name }: Pick<DeployedFunction, 'stack' | 'function'>) => `${stack}/${name}`;

const answersTo = (one: DeployedFunction, name: string) =>
  [one.stack, one.app, one.function, one.functionName, fullName(one)].includes(name);

/**
 * The functions with this name: the name of a stack, of an app, of a function in the app or in Lambda, or
 * `stack/function`; all functions without a name.
 * @throws CliError GOBLET_CLI_NOT_DEPLOYED if there are none
 */
export function selectFunctions(
  { functions }: DeployedResources,
  name: string | undefined,
  access: AwsAccess,
): readonly DeployedFunction[] {
  const selected = name === undefined ? functions : functions.filter((one) => answersTo(one, name));
  if (selected.length === 0) throw absent('function', name, functions.map(fullName), access);
  return selected;
}

/**
 * The one function with this name.
 * @throws CliError GOBLET_CLI_NOT_DEPLOYED if there is none, GOBLET_CLI_OPTION if there are several
 */
export function selectFunction(deployed: DeployedResources, name: string, access: AwsAccess): DeployedFunction {
  const [selected, ...others] = selectFunctions(deployed, name, access);
  if (selected === undefined || others.length > 0) {
    const names = [selected, ...others].flatMap((one) => (one === undefined ? [] : [fullName(one)]));
    throw new CliError(severalFunctions(name, names));
  }
  return selected;
}

/**
 * The APIs with this name: the name of a stack, of an app, or of a function in it; all APIs without a name.
 * @throws CliError GOBLET_CLI_NOT_DEPLOYED if there are none
 */
export function selectApis(
  { apis, functions }: DeployedResources,
  name: string | undefined,
  access: AwsAccess,
): readonly DeployedApi[] {
  const owners = functions.filter((one) => name !== undefined && answersTo(one, name));
  const selected = apis.filter(
    ({ stack, app }) => name === undefined || owners.some((owner) => owner.stack === stack && owner.app === app),
  );
  if (selected.length === 0) throw absent('API', name, [...new Set(apis.map(({ stack }) => stack))], access);
  return selected;
}

function absent(
  what: 'function' | 'API',
  name: string | undefined,
  there: readonly string[],
  access: AwsAccess,
): CliError {
  const where = targetPlace(access.target);
  if (name !== undefined && there.length > 0) return new CliError(noMatch(what, name, where, there));
  const deploy = access.target.kind === 'cloud' ? 'npx goblet exec -- npx cdk deploy' : 'npx cdk deploy';
  return new CliError(noStack(what, where, deploy));
}
