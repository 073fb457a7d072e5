import { parseJson } from '../../../core/json.js';
import type { Place } from '../exchange.js';
import type { GatewayError } from '../gateway-response.js';
import { isValid } from '../json-schema/validate.js';
import { requestVariable } from './authorizer.js';
import type { WebSocketExchange } from './exchange.js';
import type { WebSocketModel, WebSocketRoute } from './model.js';
import { eventVariables } from './scope.js';
import { compileSelection } from './selection.js';

type Validate = (exchange: WebSocketExchange) => GatewayError | undefined;

/**
 * Checks the parameters of a request to connect, and a message by the model of its key (developer guide, "Request
 * validation for WebSocket APIs in API Gateway"); undefined where there is nothing to check.
 */
export function eventValidation(route: WebSocketRoute, model: WebSocketModel, place: Place): Validate | undefined {
  const required = Object.entries(route.requestParameters).flatMap(([parameter, isRequired]) => {
    const [, kind = '', name = ''] = /^route\.request\.(header|querystring)\.(.+)$/.exec(parameter) ?? [];
    return isRequired && name !== '' ? [{ kind, name }] : [];
  });
  const select = compileSelection(route.modelSelectionExpression ?? '\\$default');
  const schemas = new Map(
    Object.entries(route.requestModels).map(([key, name]) => [key, parsed(model.models[name]?.schema ?? '')]),
  );
  if (required.length === 0 && schemas.size === 0) return undefined;
  const external = (reference: string) =>
    parsed(model.models[/\/models\/([^/#]+)$/.exec(reference)?.[1] ?? '']?.schema ?? '');
  return (exchange) => {
    const { request, body } = exchange;
    const missing = required.filter(({ kind, name }) => !requestVariable(request, kind, name)).map(({ name }) => name);
    if (request && missing.length > 0)
      return {
        type: 'BAD_REQUEST_PARAMETERS',
        message: `Missing required request parameters: [${missing.join(', ')}]`,
      };
    if (body === undefined) return undefined;
    const schema = schemas.get(select(eventVariables(exchange, place))) ?? schemas.get('$default');
    if (schema === undefined) return undefined;
    const value = parsed(body);
    return value !== undefined && isValid(value, schema, { external }) ? undefined : { type: 'BAD_REQUEST_BODY' };
  };
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
