import { AwsError } from '../core/aws-error.js';
import type { ProtocolFamily } from '../core/service.js';

/** The possible problems with a request's credentials. */
export type AuthenticationProblem =
  | 'missing'
  | 'incomplete'
  | 'incompleteQuery'
  /** Of Signature Version 2, which only S3 has. */
  | 'incompleteV2'
  /** Only S3 minds headers that are not signed. */
  | 'unsignedHeaders'
  | 'unknownKey'
  | 'badToken'
  | 'expiredToken'
  | 'mismatch'
  | 'skewed'
  | 'expiredUrl'
  | 'payload'
  | 'noPayloadHash';

type Answer = readonly [code: string, status: number];

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const INVALID_TOKEN = 'The security token included in the request is invalid.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';

const JSON_ANSWERS: Record<AuthenticationProblem, Answer> = {
  missing: ['MissingAuthenticationTokenException', 400],
  incomplete: ['IncompleteSignatureException', 400],
  incompleteQuery: ['IncompleteSignatureException', 400],
  incompleteV2: ['IncompleteSignatureException', 400],
  unsignedHeaders: ['InvalidSignatureException', 400],
  unknownKey: ['UnrecognizedClientException', 400],
  badToken: ['UnrecognizedClientException', 400],
  expiredToken: ['ExpiredTokenException', 400],
  mismatch: ['InvalidSignatureException', 400],
  skewed: ['InvalidSignatureException', 400],
  expiredUrl: ['InvalidSignatureException', 400],
  payload: ['InvalidSignatureException', 400],
  noPayloadHash: ['InvalidSignatureException', 400],
};

const ANSWERS: Record<ProtocolFamily, Record<AuthenticationProblem, Answer>> = {
  json: JSON_ANSWERS,
  'rest-json': Object.fromEntries(
    Object.entries(JSON_ANSWERS).map(([problem, [code]]) => [problem, [code, 403] as const]),
  ) as Record<AuthenticationProblem, Answer>,
  query: {
    missing: ['MissingAuthenticationToken', 403],
    incomplete: ['IncompleteSignature', 400],
    incompleteQuery: ['IncompleteSignature', 400],
    incompleteV2: ['IncompleteSignature', 400],
    unsignedHeaders: ['SignatureDoesNotMatch', 403],
    unknownKey: ['InvalidClientTokenId', 403],
    badToken: ['InvalidClientTokenId', 403],
    expiredToken: ['ExpiredToken', 403],
    mismatch: ['SignatureDoesNotMatch', 403],
    skewed: ['SignatureDoesNotMatch', 403],
    expiredUrl: ['SignatureDoesNotMatch', 403],
    payload: ['SignatureDoesNotMatch', 403],
    noPayloadHash: ['SignatureDoesNotMatch', 403],
  },
  'rest-xml': {
    missing: ['AccessDenied', 403],
    incomplete: ['AuthorizationHeaderMalformed', 400],
    incompleteQuery: ['AuthorizationQueryParametersError', 400],
    incompleteV2: ['AccessDenied', 403],
    unsignedHeaders: ['AccessDenied', 403],
    unknownKey: ['InvalidAccessKeyId', 403],
    badToken: ['InvalidToken', 400],
    expiredToken: ['ExpiredToken', 400],
    mismatch: ['SignatureDoesNotMatch', 403],
    skewed: ['RequestTimeTooSkewed', 403],
    expiredUrl: ['AccessDenied', 403],
    payload: ['XAmzContentSHA256Mismatch', 400],
    noPayloadHash: ['InvalidRequest', 400],
  },
};

const MESSAGES: Record<AuthenticationProblem, string> = {
  missing: 'Request is missing Authentication Token',
  incomplete: 'The Authorization header is not that of AWS Signature Version 4',
  incompleteQuery:
    'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  incompleteV2: 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
  unsignedHeaders: 'There were headers present in the request which were not signed',
  unknownKey: INVALID_TOKEN,
  badToken: INVALID_TOKEN,
  expiredToken: EXPIRED_TOKEN,
  mismatch: MISMATCH,
  skewed: 'Signature expired',
  expiredUrl: 'Request has expired',
  payload: "The provided 'x-amz-content-sha256' header does not match what was computed.",
  noPayloadHash: 'Missing required header for this request: x-amz-content-sha256',
};

const S3_MESSAGES: Partial<Record<AuthenticationProblem, string>> = {
  missing: 'Access Denied',
  mismatch:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  unknownKey: 'The AWS Access Key Id you provided does not exist in our records.',
  badToken: 'The provided token is malformed or otherwise invalid.',
  expiredToken: 'The provided token has expired.',
  skewed: 'The difference between the request time and the current time is too large.',
};

/**
 * The problem in the words of the service's protocol.
 *
 * @param fields members of S3's error, which tells more than its words
 */
export function authenticationError(
  family: ProtocolFamily,
  problem: AuthenticationProblem,
  detail?: string,
  fields?: Readonly<Record<string, unknown>>,
): AwsError {
  const [code, status] = ANSWERS[family][problem];
  const said = (family === 'rest-xml' ? S3_MESSAGES[problem] : undefined) ?? detail ?? MESSAGES[problem];
  return new AwsError(code, said, status, family === 'rest-xml' ? fields : undefined);
}

const JSON_STYLE_NAMES = new Set(['lambda', 'apigateway']);

/** The refusal of an access, as the service spells it. */
export function accessDenied(service: string, family: ProtocolFamily, message: string): AwsError {
  if (family === 'json') return new AwsError('AccessDeniedException', message, 400);
  if (service === 'sns') return new AwsError('AuthorizationError', message, 403);
  const code = family === 'rest-json' || JSON_STYLE_NAMES.has(service) ? 'AccessDeniedException' : 'AccessDenied';
  return new AwsError(code, message, 403);
}
