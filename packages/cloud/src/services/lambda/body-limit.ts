import { AwsError } from '../../core/aws-error.js';
import type { RequestHead } from '../../core/http.js';
import type { BodyLimit } from '../../core/service.js';

/** A package of 50 MB in base64, and 256 KB for what is said of it. */
const LARGEST_CODE = 70_167_211;
const LARGEST = 6_291_456;

/** The operations that take a package, by the ends of their paths. */
const CODE: readonly (readonly [path: RegExp, operation: string])[] = [
  [/\/functions\/?$/, 'CreateFunction'],
  [/\/functions\/[^/]+\/code$/, 'UpdateFunctionCode'],
  [/\/layers\/[^/]+\/versions$/, 'PublishLayerVersion'],
];
const INVOCATION = /\/(?:invocations|invoke-async|response-streaming-invocations)\/?$/;

function tooLarge(code: string, bytes: number, operation?: string): BodyLimit {
  const message = `Request must be smaller than ${bytes} bytes${operation ? ` for the ${operation} operation` : ''}`;
  return { bytes, tooLarge: () => new AwsError(code, message, 413, { Type: 'User' }) };
}

const TOO_LARGE = 'RequestEntityTooLargeException';

/** The largest bodies of Lambda's operations ("Lambda quotas", AWS Lambda Developer Guide). */
export function bodyLimit({ path }: RequestHead): BodyLimit {
  if (INVOCATION.test(path)) return tooLarge('RequestTooLargeException', LARGEST, 'InvokeFunction');
  const takesCode = CODE.find(([end]) => end.test(path));
  return takesCode ? tooLarge(TOO_LARGE, LARGEST_CODE, takesCode[1]) : tooLarge(TOO_LARGE, LARGEST);
}
