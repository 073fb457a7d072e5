import { AwsError } from '../../../core/aws-error.js';
import type { Quotas } from '../../../core/quotas.js';
import type { RestApiRecord } from '../records/rest-api.js';

/**
 * Checks a REST API as it would be after a change that adds to it.
 *
 * @throws AwsError LimitExceededException, with the two spaces that AWS has in its sentence
 */
export function checkQuotas(api: RestApiRecord, { resourcesPerRestApi, authorizersPerApi }: Quotas): void {
  check('Resources', api.resources, resourcesPerRestApi);
  check('Authorizers', api.authorizers, authorizersPerApi);
}

function check(named: string, collection: object, quota: number): void {
  if (Object.keys(collection).length <= quota) return;
  throw new AwsError(
    'LimitExceededException',
    `Maximum number of ${named} for this API has been reached.  Please contact AWS if you need additional ${named}.`,
    429,
  );
}
