import { AwsError } from '../../../core/aws-error.js';

/** Throws where a change was meant for another state of the thing than it is in. */
export function checkRevision(
  wanted: string | undefined,
  actual: string | undefined,
  api: 'GetFunction/GetAlias' | 'GetPolicy' | 'GetLayerPolicy',
): void {
  if (wanted === undefined || wanted === actual) return;
  throw new AwsError(
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${api} API to retrieve the latest Revision Id`,
    412,
    { Type: 'User' },
  );
}
