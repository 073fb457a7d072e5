import { AwsError } from '../../../core/aws-error.js';

/** @throws AwsError DryRunOperationException, once everything else about the request is good */
export function endDryRun(dryRun: boolean | undefined): void {
  if (dryRun) {
    throw new AwsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
  }
}
