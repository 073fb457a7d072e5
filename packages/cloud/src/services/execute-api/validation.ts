import { header } from '../../core/http.js';
import { type CompiledRoute, type Exchange, eventQuery } from './exchange.js';
import type { GatewayError } from './gateway-response.js';
import type { ApiModel } from './model.js';

export type Validate = (exchange: Exchange) => GatewayError | undefined;

/** Checks required request parameters where the route's validator asks for it (developer guide, "Request validation"). */
export function requestValidation(route: CompiledRoute, model: ApiModel): Validate | undefined {
  const validator = route.requestValidator === undefined ? undefined : model.requestValidators[route.requestValidator];
  if (!validator?.validateRequestParameters) return undefined;
  const required = Object.entries(route.requestParameters)
    .filter(([, isRequired]) => isRequired)
    .map(([parameter]) => {
      const [, , place = '', ...name] = parameter.split('.');
      return { place, name: name.join('.') };
    });
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
