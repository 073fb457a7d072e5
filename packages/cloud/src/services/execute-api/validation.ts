import { header } from '../../core/http.js';
import { parseJson } from '../../core/json.js';
import { type CompiledRoute, type Exchange, eventQuery } from './exchange.js';
import type { GatewayError } from './gateway-response.js';
import { isValid } from './json-schema/validate.js';
import type { ApiModel } from './model.js';
import { mediaType } from './template.js';

export type Validate = (exchange: Exchange) => GatewayError | undefined;

/** Checks parameters and body where the route's validator asks for it (developer guide, "Request validation"). */
export function requestValidation(route: CompiledRoute, model: ApiModel): Validate | undefined {
  const validator = route.requestValidator === undefined ? undefined : model.requestValidators[route.requestValidator];
  const parameters = validator?.validateRequestParameters ? parameterValidation(route) : undefined;
  const body = validator?.validateRequestBody ? bodyValidation(route, model) : undefined;
  if (!parameters || !body) return parameters ?? body;
  return (exchange) => parameters(exchange) ?? body(exchange);
}

function parameterValidation({ requestParameters }: CompiledRoute): Validate | undefined {
  // AWS names what is missing by place: header, path, query string.
  const required = Object.entries(requestParameters)
    .filter(([, isRequired]) => isRequired)
    .sort(([a], [b]) => (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : 0))
    .map(([parameter]) => ({ place: placeOf(parameter), name: parameter.split('.').slice(3).join('.') }));
  if (required.length === 0) return undefined;
  return ({ request, parameters }) => {
    const query = eventQuery(request.query).single;
    const missing = required.filter(({ place, name }) => {
      if (place === 'header') return !header(request, name.toLowerCase());
      if (place === 'querystring') return !query?.[name];
      return !parameters?.[name];
    });
    if (missing.length === 0) return undefined;
    return {
      type: 'BAD_REQUEST_PARAMETERS',
      message: `Missing required request parameters: [${missing.map(({ name }) => name).join(', ')}]`,
    };
  };
}

function placeOf(parameter: string): string {
  return parameter.split('.')[2] ?? '';
}

/** A body is validated by the model of its content type; of other types there is nothing to validate. */
function bodyValidation({ requestModels = {} }: CompiledRoute, { models = {} }: ApiModel): Validate | undefined {
  const schemas = new Map<string, unknown>();
  const schemaOf = (name: string): unknown => {
    if (!schemas.has(name))
      schemas.set(name, Object.hasOwn(models, name) ? parsed(models[name]?.schema ?? '') : undefined);
    return schemas.get(name);
  };
  const external = (reference: string) => schemaOf(/\/models\/([^/#]+)$/.exec(reference)?.[1] ?? '');
  if (Object.keys(requestModels).length === 0) return undefined;
  return ({ request }) => {
    const name = requestModels[mediaType(header(request, 'content-type'))] ?? requestModels.$default;
    const schema = name === undefined ? undefined : schemaOf(name);
    if (schema === undefined) return undefined;
    // An empty body is validated as an empty object.
    const body = parsed(request.body.length === 0 ? '{}' : Buffer.from(request.body).toString('utf8'));
    return body !== undefined && isValid(body, schema, { external }) ? undefined : { type: 'BAD_REQUEST_BODY' };
  };
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
