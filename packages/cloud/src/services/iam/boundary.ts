import { AwsError } from '../../core/aws-error.js';
import type { Identities } from '../../iam/identities.js';

/** @throws AwsError NoSuchEntity where no policy has the ARN */
export async function checkBoundary(identities: Identities, arn: string): Promise<void> {
  if (!(await identities.policy(arn))) {
    throw new AwsError('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`, 404);
  }
}
