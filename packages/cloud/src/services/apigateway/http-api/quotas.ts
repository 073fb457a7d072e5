import { AwsError } from '../../../core/aws-error.js';
import type { Quotas } from '../../../core/quotas.js';

/** An HTTP API or a WebSocket API. */
interface Counted {
  readonly routes: object;
  readonly integrations: object;
  readonly authorizers: object;
}

/** "Integrations per API", which AWS does not raise. */
const INTEGRATIONS = 300;

/**
 * Checks an API as it would be after a change that adds to it.
 *
 * @throws AwsError ConflictException with status 429, as AWS has it
 */
export function checkQuotas(api: Counted, { routesPerHttpApi, authorizersPerApi }: Quotas): void {
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
