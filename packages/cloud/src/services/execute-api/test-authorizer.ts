import type { HttpRequest } from '../../core/http.js';
import { askAuthorizer } from './authorizer.js';
import { newExchange, type Place } from './exchange.js';
import { logTime } from './execution-log.js';
import { statusOf } from './gateway-response.js';
import type { AuthorizerDefinition } from './model.js';
import type { ExecuteApiOptions } from './stage.js';

/** The result of a test of one authorizer. */
export interface TestAuthorization {
  /** 200, or the status with which API Gateway would refuse the request. */
  readonly status: number;
  readonly principalId?: string;
  /** JSON text */
  readonly policy?: string;
  readonly log: readonly string[];
  /** Milliseconds. */
  readonly latency: number;
}

/** Asks one authorizer of an API about a request. @param name its id */
export async function testAuthorization(
  options: Pick<ExecuteApiOptions, 'account' | 'apiId' | 'invoker' | 'region' | 'stage' | 'stageVariables' | 'now'>,
  name: string,
  definition: Extract<AuthorizerDefinition, { uri: string }>,
  request: HttpRequest,
): Promise<TestAuthorization> {
  const { now = Date.now, account, apiId, region, stage, stageVariables } = options;
  const place: Place = { account, apiId, region, stage, stageVariables };
  const began = now();
  const exchange = newExchange(request, began, undefined, undefined);
  const lines: string[] = [];
  const log = (line: string) => {
    lines.push(`${logTime(now())} : ${line}`);
  };
  log(`Starting authorizer: ${name} for request: ${exchange.requestId}`);
  const setting = { name, definition, place, invoker: options.invoker, cache: new Map(), now, log };
  const result = await askAuthorizer(setting, exchange);
  const told = () => ({
    log: [`Execution log for request ${exchange.requestId}`, ...lines, ''],
    latency: now() - began,
  });
  if ('type' in result) {
    if (result.type === 'UNAUTHORIZED') log('Unauthorized request');
    return { status: statusOf(result), ...told() };
  }
  const principalId = String(result.context.principalId);
  log(`Using valid authorizer policy for principal: ${principalId}`);
  log('Successfully completed authorizer execution');
  return { status: 200, principalId, policy: JSON.stringify(result.policyDocument), ...told() };
}
