import { AwsError } from '../../core/aws-error.js';
import { type Refusal, validationMessage } from '../../model/validate.js';

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
export const notFound = (message: string): AwsError => new AwsError('NotFoundException', message);
export const invalidState = (message: string): AwsError => new AwsError('KMSInvalidStateException', message);
export const invalidUsage = (message: string): AwsError => new AwsError('InvalidKeyUsageException', message);
export const unsupported = (message: string): AwsError => new AwsError('UnsupportedOperationException', message);
export const invalidCiphertext = (): AwsError => new AwsError('InvalidCiphertextException', '');
export const malformedPolicy = (message: string): AwsError => new AwsError('MalformedPolicyDocumentException', message);
export const tagFault = (message: string): AwsError => new AwsError('TagException', message);
export const invalidMarker = (): AwsError => new AwsError('InvalidMarkerException', 'Could not deserialize marker');

/** KMS shows no bytes of what it refuses. */
export const refuseInput: Refusal = (violations) =>
  invalid(validationMessage(violations).replace(/Value 'java\.nio\.HeapByteBuffer[^']*'/g, 'Value'));
