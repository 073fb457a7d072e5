import { AwsError } from '../../core/aws-error.js';
import type { RequestHead } from '../../core/http.js';
import type { BodyLimit } from '../../core/service.js';

/** A package of 50 MB in base64. */
const LARGEST_CODE = 69_905_067;
const LARGEST = 6_291_456;

const CODE = /\/(?:functions\/?|code|versions)$/;
const INVOCATION = /\/(?:invocations|invoke-async|response-streaming-invocations)\/?$/;

function tooLarge(code: string, bytes: number, operation?: string): BodyLimit {
  const message = `Request must be smaller than ${bytes} bytes${operation ? ` for the ${operation} operation` : ''}`;
  return { bytes, tooLarge: () => new AwsError(code, message, 413, { Type: 'User' }) };
}

/** The largest bodies of Lambda's operations ("Lambda quotas", AWS Lambda Developer Guide). */
export function bodyLimit({ path }: RequestHead): BodyLimit {
  if (INVOCATION.test(path)) return tooLarge('RequestTooLargeException', LARGEST, 'InvokeFunction');
  return tooLarge('RequestEntityTooLargeException', CODE.test(path) ? LARGEST_CODE : LARGEST);
}
