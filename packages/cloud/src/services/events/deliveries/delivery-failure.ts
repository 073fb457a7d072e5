import { AwsError } from '../../../core/aws-error.js';

/** EventBridge's description of a failed delivery ("Using dead-letter queues" of its user guide). */
export interface DeliveryFailure {
  /** `NO_PERMISSIONS` */
  readonly code: string;
  readonly message: string;
  /** True if another attempt may succeed. */
  readonly retriable: boolean;
}

const CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'NO_PERMISSIONS',
  AccessDenied: 'NO_PERMISSIONS',
  AuthorizationError: 'NO_PERMISSIONS',
  ResourceNotFoundException: 'NO_RESOURCE',
  NotFound: 'NO_RESOURCE',
  QueueDoesNotExist: 'NO_RESOURCE',
  InvalidRequestContentException: 'INVALID_JSON',
  TooManyRequestsException: 'THROTTLING',
  RequestThrottled: 'THROTTLING',
  ProvisionedThroughputExceededException: 'THROTTLING',
};

/** The failure that an error of a target's service is. */
export function failureOf(error: unknown): DeliveryFailure {
  if (!(error instanceof AwsError)) return { code: 'INTERNAL_ERROR', message: String(error), retriable: true };
  const code = CODES[error.code] ?? (error.status >= 500 ? 'INTERNAL_ERROR' : 'INVALID_PARAMETER');
  return { code, message: error.message, retriable: code === 'THROTTLING' || code === 'INTERNAL_ERROR' };
}
