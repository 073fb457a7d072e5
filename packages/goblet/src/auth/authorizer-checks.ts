import { DeclarationError } from '../declare/declaration-error.js';
import { showLine, sourceLine } from '../declare/source-line.js';
import type { DeclaredAuthorizer } from './authorizer-types.js';

/** Names that API Gateway accepts as identity sources ("API Gateway request and response data mapping reference"). */
const PARAMETER = /^[\w.$-]+$/;

/** Refuses at the declaration what API Gateway would refuse. */
export function checkAuthorizer(declare: Function, decide: unknown, declared: DeclaredAuthorizer): void {
  const { type, header, query, ttl } = declared;
  const line = showLine(sourceLine(declare), 'authorizer()');
  const refuse = (what: string): never => {
    throw new DeclarationError('GOBLET_AUTHORIZER', `${line} ${what}`);
  };
  if (typeof decide !== 'function') refuse('has no function that decides');
  if (type !== 'TOKEN' && type !== 'REQUEST')
    refuse(`has the type ${JSON.stringify(type)}; it must be TOKEN or REQUEST`);
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > 3600) refuse(`has the ttl ${ttl}; it must be 0 to 3600 seconds`);
  for (const name of header)
    if (!PARAMETER.test(name)) refuse(`has the header ${JSON.stringify(name)}, which API Gateway does not accept`);
  for (const name of query)
    if (!PARAMETER.test(name))
      refuse(`has the query parameter ${JSON.stringify(name)}, which API Gateway does not accept`);
  if (!header.length && !query.length) refuse('has no identity source; name a header or a query parameter');
  if (type === 'TOKEN' && (header.length !== 1 || query.length))
    refuse('is of type TOKEN, which has one header as its identity source; use REQUEST');
}
