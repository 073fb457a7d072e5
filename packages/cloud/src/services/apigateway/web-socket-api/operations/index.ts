import * as api from './api.js';
import { authorizerOperations } from './authorizer.js';
import * as deployment from './deployment.js';
import { integrationOperations } from './integration.js';
import { integrationResponseOperations } from './integration-response.js';
import { getModelTemplate, modelOperations } from './model.js';
import { routeOperations } from './route.js';
import { routeResponseOperations } from './route-response.js';

/** The operations of API Gateway's second version on WebSocket APIs. Stages are the same for both kinds of API. */
export const webSocketApiOperations = [
  ...Object.values(api),
  ...Object.values(deployment),
  ...authorizerOperations,
  ...integrationOperations,
  ...integrationResponseOperations,
  ...modelOperations,
  ...routeOperations,
  ...routeResponseOperations,
  getModelTemplate,
];
