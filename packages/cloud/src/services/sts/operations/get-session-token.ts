import { AwsError } from '../../../core/aws-error.js';
import { credentialsOutput, stsOperation } from '../service-state.js';

const DEFAULT_DURATION = 43_200;
const ROOT_MAXIMUM = 3600;

/** Temporary credentials of the very caller, a user or the root of an account. No policy says who may have them. */
export const getSessionToken = stsOperation({
  name: 'GetSessionToken',
  limits: { DurationSeconds: { min: 900, max: 129_600 } },
  parse: ({ DurationSeconds, SerialNumber, TokenCode }) => {
    if (SerialNumber !== undefined || TokenCode !== undefined) {
      throw new AwsError('ValidationError', 'The local cloud does not support SerialNumber of GetSessionToken');
    }
    return { duration: DurationSeconds ?? DEFAULT_DURATION };
  },
  access: () => [],
  handle: async ({ duration }, { principal }, { credentials }) => {
    const isLongTerm = principal.kind === 'root' || (principal.kind === 'user' && principal.issued === undefined);
    if (!isLongTerm) throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
    const seconds = principal.kind === 'root' ? Math.min(duration, ROOT_MAXIMUM) : duration;
    return { Credentials: credentialsOutput(await credentials.issue(principal, seconds)) };
  },
});
