import * as api from './api.js';
import * as authorizer from './authorizer.js';
import * as deployment from './deployment.js';
import * as integration from './integration.js';
import * as route from './route.js';
import * as stage from './stage.js';

/** The operations of API Gateway's second version that HTTP APIs need. */
export const httpApiOperations = [api, authorizer, deployment, integration, route, stage].flatMap((operations) =>
  Object.values(operations),
);
