import { getAccount, updateAccount } from './account.js';
import * as deployment from './deployment.js';
import { importRestApi, putRestApi } from './import.js';
import * as integration from './integration.js';
import { invokeApi } from './invoke-api.js';
import * as method from './method.js';
import * as resource from './resource.js';
import * as restApi from './rest-api.js';
import * as stage from './stage.js';

/** The operations of API Gateway. */
export const operations = [
  getAccount,
  updateAccount,
  deployment.createDeployment,
  deployment.getDeployment,
  deployment.getDeployments,
  deployment.updateDeployment,
  deployment.deleteDeployment,
  importRestApi,
  putRestApi,
  integration.putIntegration,
  integration.getIntegration,
  integration.deleteIntegration,
  integration.putIntegrationResponse,
  integration.getIntegrationResponse,
  integration.deleteIntegrationResponse,
  invokeApi,
  method.putMethod,
  method.getMethod,
  method.deleteMethod,
  method.putMethodResponse,
  method.getMethodResponse,
  method.deleteMethodResponse,
  resource.createResource,
  resource.getResource,
  resource.getResources,
  resource.deleteResource,
  restApi.createRestApi,
  restApi.getRestApi,
  restApi.getRestApis,
  restApi.updateRestApi,
  restApi.deleteRestApi,
  stage.createStage,
  stage.getStage,
  stage.getStages,
  stage.updateStage,
  stage.deleteStage,
];
