import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { AwsAccess } from './aws-access.js';
import type { DeployedFunction } from './find-deployed.js';
import { fullName } from './select.js';

/** The log of a function. */
export interface LogSource extends DeployedFunction {
  readonly group: string;
  /** Distinguishes its lines from those of other functions; empty if there are no others. */
  readonly label: string;
}

/** The shortest labels that distinguish the functions. */
function labels(functions: readonly DeployedFunction[]): (one: DeployedFunction) => string {
  if (functions.length === 1) return () => '';
  const stacks = new Set(functions.map(({ stack }) => stack));
  return stacks.size === 1 ? ({ function: name }) => name : fullName;
}

/** The log groups of functions, from their configuration. */
export async function logSources(functions: readonly DeployedFunction[], access: AwsAccess): Promise<LogSource[]> {
  const lambda = new LambdaClient(access.config);
  const label = labels(functions);
  const sources = functions.map(async (one) => {
    const { functionName: FunctionName } = one;
    const { LoggingConfig } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return { ...one, label: label(one), group: LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}` };
  });
  return Promise.all(sources).finally(() => lambda.destroy());
}
