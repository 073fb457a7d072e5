import type { Authorization, AuthorizerDefinition } from '../model.js';
import { list, object, optionalText } from './json.js';
import { badRequest, unsupported } from './refusal.js';

/** The requirement of a security scheme on a request. */
export type Scheme =
  | { readonly kind: 'apiKey' }
  | { readonly kind: 'iam' }
  | { readonly kind: 'authorizer'; readonly definition: AuthorizerDefinition };

/** Reads `components.securitySchemes` (3.0) or `securityDefinitions` (2.0). */
export function readSchemes(value: unknown): ReadonlyMap<string, Scheme> {
  return new Map(
    Object.entries(object(value, 'securitySchemes')).map(([name, scheme]) => {
      // Of every component ("Components Object" of OpenAPI 3.0).
      if (!/^[a-zA-Z0-9.\-_]+$/.test(name))
        throw badRequest(
          `Invalid OpenAPI input: SecurityScheme name ${name} doesn't adhere to regular expression ^[a-zA-Z0-9\\.\\-_]+$`,
        );
      return [name, readScheme(name, scheme)];
    }),
  );
}

function readScheme(name: string, value: unknown): Scheme {
  const raw = object(value, name);
  const authorizer = raw['x-amazon-apigateway-authorizer'];
  if (authorizer !== undefined)
    return {
      kind: 'authorizer',
      definition: withAuthType(
        readAuthorizer(name, object(authorizer, name), optionalText(raw.name, name)),
        optionalText(raw['x-amazon-apigateway-authtype'], name),
      ),
    };
  const authtype = optionalText(raw['x-amazon-apigateway-authtype'], name)?.toLowerCase();
  if (authtype === 'awssigv4') return { kind: 'iam' };
  if (raw.type === 'apiKey' && optionalText(raw.name, name)?.toLowerCase() === 'x-api-key') return { kind: 'apiKey' };
  throw unsupported(`the security scheme ${name} (no API key, awsSigv4 or x-amazon-apigateway-authorizer)`);
}

function withAuthType(definition: AuthorizerDefinition, authType: string | undefined): AuthorizerDefinition {
  if (!('uri' in definition) || authType === undefined || authType === 'custom') return definition;
  return { ...definition, authType };
}

/** Reads an authorizer by the names of the OpenAPI extension. */
export function readAuthorizer(
  name: string,
  raw: Readonly<Record<string, unknown>>,
  headerName?: string,
): AuthorizerDefinition {
  const type = optionalText(raw.type, name)?.toUpperCase();
  const source =
    (optionalText(raw.identitySource, name) || undefined) ??
    (headerName && headerName !== 'Unused' ? `method.request.header.${headerName}` : undefined);
  const identitySources = (source ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  for (const entry of identitySources) {
    if (!/^(method\.request\.(header|querystring)\.|stageVariables\.|context\.)[a-zA-Z0-9._$-]+$/.test(entry)) {
      throw badRequest(`Invalid identity source specified: ${entry}`);
    }
  }
  if (type === 'COGNITO_USER_POOLS') {
    const providerArns = list(raw.providerARNs ?? raw.providerArns, name).map((arn) => optionalText(arn, name) ?? '');
    if (providerArns.length === 0)
      throw badRequest('Authorizer of type COGNITO_USER_POOLS must have at least one provider ARN');
    return { type, providerArns, identitySources };
  }
  if (type !== 'TOKEN' && type !== 'REQUEST')
    throw badRequest(`Invalid authorizer type specified for ${name}: ${type ?? 'none'}`);
  const credentials = optionalText(raw.authorizerCredentials, name);
  const uri = optionalText(raw.authorizerUri, name);
  if (!uri) throw badRequest('Authorizer URI must not be empty');
  const ttl = Number(raw.authorizerResultTtlInSeconds ?? 300);
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > 3600)
    throw badRequest('Invalid Authorizer result TTL: must be between 0 and 3600 seconds');
  if (identitySources.length === 0 && (type === 'TOKEN' || ttl > 0))
    throw badRequest('Identity source must not be empty');
  const expression = optionalText(raw.identityValidationExpression, name);
  return {
    type,
    uri,
    ...(credentials && { credentials }),
    identitySources,
    ...(expression && { identityValidationExpression: expression }),
    ttl,
    ...(headerName !== undefined && raw.authorizerResultTtlInSeconds === undefined && { usualTtl: true }),
  };
}

export interface Requirements {
  readonly authorization: Authorization;
  readonly apiKeyRequired: boolean;
}

/** Reads one operation's `security` and `x-amazon-apigateway-auth`. A method has one authorizer, beside which it may ask for a key. */
export function readRequirements(
  security: unknown,
  auth: unknown,
  schemes: ReadonlyMap<string, Scheme>,
  where: string,
): Requirements {
  let authorization: Authorization = { kind: 'NONE' };
  let apiKeyRequired = false;
  for (const requirement of list(security, where)) {
    for (const [name, scopes] of Object.entries(object(requirement, where))) {
      const scheme = schemes.get(name);
      if (scheme === undefined)
        throw badRequest(`Invalid OpenAPI input: the security scheme ${name} of ${where} is not defined`);
      if (scheme.kind === 'apiKey') {
        apiKeyRequired = true;
        continue;
      }
      if (authorization.kind !== 'NONE')
        throw badRequest(`Invalid OpenAPI input: ${where} has more than one authorizer`);
      authorization = required(name, scheme, scopes, where);
    }
  }
  const type = optionalText(object(auth, where).type, where)?.toUpperCase();
  if (type === 'AWS_IAM') authorization = { kind: 'AWS_IAM' };
  else if (type !== undefined && type !== 'NONE')
    throw unsupported(`x-amazon-apigateway-auth of type ${type} (${where})`);
  return { authorization, apiKeyRequired };
}

function required(
  name: string,
  scheme: Exclude<Scheme, { kind: 'apiKey' }>,
  scopes: unknown,
  where: string,
): Authorization {
  if (scheme.kind === 'iam') return { kind: 'AWS_IAM' };
  if (scheme.definition.type !== 'COGNITO_USER_POOLS') return { kind: 'CUSTOM', authorizer: name };
  return {
    kind: 'COGNITO_USER_POOLS',
    authorizer: name,
    scopes: list(scopes, where).map((scope) => optionalText(scope, where) ?? ''),
  };
}
