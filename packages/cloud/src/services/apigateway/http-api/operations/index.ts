import * as api from './api.js';
import * as authorizer from './authorizer.js';
import * as deployment from './deployment.js';
import * as integration from './integration.js';
import * as route from './route.js';
import * as stage from './stage.js';
import * as stageSettings from './stage-settings.js';
import * as vpcLink from './vpc-link.js';

/** The operations of API Gateway's second version that HTTP APIs need. */
export const httpApiOperations = [
  api,
  authorizer,
  deployment,
  integration,
  route,
  stage,
  stageSettings,
  vpcLink,
].flatMap((operations) => Object.values(operations));
