import type { AwsError } from '../../../../core/aws-error.js';
import { validationError } from '../errors.js';

/** @param reason `Unexpected term` */
export const syntaxError = (reason: string, at: number): AwsError =>
  validationError(`Statement wasn't well formed, can't be processed: ${reason} at ${at}`);
