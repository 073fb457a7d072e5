import { AwsError } from '../../../core/aws-error.js';
import type { Quotas } from '../../../core/quotas.js';
import type { HttpApiRecord } from '../records/http-api.js';

/** "Integrations per API", which AWS does not raise. */
const INTEGRATIONS = 300;

/**
 * Checks an HTTP API as it would be after a change that adds to it.
 *
 * @throws AwsError ConflictException with status 429, as AWS has it
 */
export function checkQuotas(api: HttpApiRecord, { routesPerHttpApi, authorizersPerApi }: Quotas): void {
  check('Routes', api.routes, routesPerHttpApi);
  check('Integrations', api.integrations, INTEGRATIONS);
  check('Authorizers', api.authorizers, authorizersPerApi);
}

function check(named: string, collection: object, quota: number): void {
  if (Object.keys(collection).length <= quota) return;
  throw new AwsError(
    'ConflictException',
    `Maximum number of ${named} for this API has been reached. Please contact AWS if you need additional ${named}.`,
    429,
  );
}
