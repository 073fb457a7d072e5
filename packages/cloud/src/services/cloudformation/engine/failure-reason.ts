import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import { ResourceFailure } from '../../../core/resource-type.js';

/** Why a resource failed, as CloudFormation words what the service answered. */
export function failureReason(error: unknown): string {
  if (error instanceof ResourceFailure) return `${error.message} (RequestId: ${randomId.uuid()})`;
  if (!(error instanceof AwsError)) {
    const message = error instanceof Error ? error.message : String(error);
    return `Internal failure of the local cloud: ${message}`;
  }
  const code = handlerErrorCode(error);
  return `Resource handler returned message: "${error.message}" (RequestToken: ${randomId.uuid()}, HandlerErrorCode: ${code})`;
}

function handlerErrorCode({ code, status }: AwsError): string {
  if (/AccessDenied|Unauthorized|NotAuthorized/i.test(code)) return 'AccessDenied';
  if (
    /AlreadyExists|AlreadyOwned|ResourceInUse|EntityAlreadyExists/i.test(code) ||
    (status === 409 && /exist/i.test(code))
  ) {
    return 'AlreadyExists';
  }
  if (/NotFound|NoSuch/i.test(code)) return 'NotFound';
  if (/Throttl|TooManyRequests|LimitExceeded/i.test(code)) return 'ServiceLimitExceeded';
  return status >= 500 ? 'ServiceInternalError' : 'InvalidRequest';
}
