import { badRequest } from '../refusal.js';

/** The lengths and ranges of the API Gateway V2 API's own model. AWS's sentences for them are not on record. */
const LENGTHS = { name: [1, 128], description: [0, 1024], version: [1, 64], operationName: [1, 64] } as const;
const RANGES = { maxAge: [-1, 86_400], authorizerResultTtlInSeconds: [0, 3600] } as const;
/** "Scopes per route", "Audiences per authorizer": quotas that AWS does not raise. */
const COUNTS = { authorizationScopes: 10, audience: 50 } as const;
const SCOPE = 64;

/** @throws AwsError BadRequestException */
export function checkLength(member: keyof typeof LENGTHS, value: string | undefined): void {
  const [least, most] = LENGTHS[member];
  if (value === undefined || (value.length >= least && value.length <= most)) return;
  throw invalid(`${member} has ${value.length} characters, and takes ${least} to ${most}`);
}

/** @throws AwsError BadRequestException */
export function checkRange(member: keyof typeof RANGES, value: number | undefined): void {
  const [least, most] = RANGES[member];
  if (value === undefined || (value >= least && value <= most)) return;
  throw invalid(`${member} is ${value}, and takes ${least} to ${most}`);
}

/** @throws AwsError BadRequestException */
export function checkCount(member: keyof typeof COUNTS, values: readonly string[]): void {
  if (values.length > COUNTS[member])
    throw invalid(`${member} has ${values.length} entries, and takes ${COUNTS[member]}`);
  if (member === 'authorizationScopes' && values.some((scope) => scope.length > SCOPE))
    throw invalid(`a scope has at most ${SCOPE} characters`);
}

function invalid(why: string): Error {
  return badRequest(`Invalid request input: ${why}`);
}
