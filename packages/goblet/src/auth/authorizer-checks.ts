import { DeclarationError } from '../declare/declaration-error.js';
import { showLine, sourceLine } from '../declare/source-line.js';
import {
  authorizerTtl,
  authorizerType,
  decidesNothing,
  identitySource,
  noIdentitySource,
  sourcesOfToken,
} from '../errors/auth.js';
import type { DeclaredAuthorizer } from './authorizer-types.js';

/** Names that API Gateway accepts as identity sources ("API Gateway request and response data mapping reference"). */
const PARAMETER = /^[\w.$-]+$/;

/** Refuses at the declaration what API Gateway would refuse. */
export function checkAuthorizer(declare: Function, decide: unknown, declared: DeclaredAuthorizer): void {
  const { type, header, query, ttl } = declared;
  const line = showLine(sourceLine(declare), 'authorizer()');
  if (typeof decide !== 'function') throw new DeclarationError(decidesNothing(line));
  if (type !== 'TOKEN' && type !== 'REQUEST') throw new DeclarationError(authorizerType(line, type));
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > 3600) throw new DeclarationError(authorizerTtl(line, ttl));
  for (const name of header)
    if (!PARAMETER.test(name)) throw new DeclarationError(identitySource(line, 'header', name));
  for (const name of query)
    if (!PARAMETER.test(name)) throw new DeclarationError(identitySource(line, 'query parameter', name));
  if (!header.length && !query.length) throw new DeclarationError(noIdentitySource(line));
  if (type === 'TOKEN' && (header.length !== 1 || query.length)) throw new DeclarationError(sourcesOfToken(line));
}
