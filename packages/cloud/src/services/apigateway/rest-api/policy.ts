import { isObject, parseJson } from '../../../core/json.js';
import type { Scope } from '../../../core/operation.js';
import { badRequest } from '../refusal.js';

/** A resource policy as it is sent: JSON text, `''` for none. @throws AwsError BadRequestException */
export function readPolicy(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  let policy: unknown;
  try {
    policy = parseJson(text);
  } catch {
    policy = undefined;
  }
  if (!isObject(policy) || policy.Statement === undefined)
    throw badRequest('Invalid policy document. Please check the policy syntax and ensure that Principals are valid.');
  return text;
}

/**
 * A policy with whole ARNs: `execute-api:/dev/GET/users` stands for that method of this API ("Access policy language
 * overview for Amazon API Gateway").
 */
export function expandedPolicy(policy: string, { account, region }: Scope, apiId: string): string {
  return policy.replaceAll('"execute-api:/', `"arn:aws:execute-api:${region}:${account}:${apiId}/`);
}
