import { AwsError } from '../../core/aws-error.js';
import type { Quotas } from '../../core/quotas.js';
import type { HttpApiRecord } from './http-api/record.js';
import type { RestApiRecord } from './rest-api-record.js';

/**
 * Checks a REST API as it would be after a change that adds to it.
 * @throws AwsError LimitExceededException, with the two spaces of AWS's message
 */
export function checkRestApi(api: RestApiRecord, { resourcesPerRestApi, authorizersPerApi }: Quotas): void {
  const check = (collection: 'resources' | 'authorizers', most: number) => {
    if (Object.keys(api[collection]).length <= most) return;
    const named = capitalised(collection);
    throw new AwsError(
      'LimitExceededException',
      `Maximum number of ${named} for this API has been reached.  Please contact AWS if you need additional ${named}.`,
      429,
    );
  };
  check('resources', resourcesPerRestApi);
  check('authorizers', authorizersPerApi);
}

/** "Integrations per API", which AWS does not raise. */
const INTEGRATIONS = 300;

/**
 * Checks an HTTP API as it would be after a change that adds to it.
 * @throws AwsError ConflictException with status 429, as on AWS
 */
export function checkHttpApi(api: HttpApiRecord, { routesPerHttpApi, authorizersPerApi }: Quotas): void {
  const check = (collection: 'routes' | 'integrations' | 'authorizers', most: number) => {
    if (Object.keys(api[collection]).length <= most) return;
    const named = capitalised(collection);
    throw new AwsError(
      'ConflictException',
      `Maximum number of ${named} for this API has been reached. Please contact AWS if you need additional ${named}.`,
      429,
    );
  };
  check('routes', routesPerHttpApi);
  check('integrations', INTEGRATIONS);
  check('authorizers', authorizersPerApi);
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
