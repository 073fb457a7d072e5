import * as account from './account.js';
import * as apiKey from './api-key.js';
import * as authorizer from './authorizer.js';
import * as deployment from './deployment.js';
import * as documentationPart from './documentation-part.js';
import * as documentationVersion from './documentation-version.js';
import { getExport } from './export.js';
import * as gatewayResponse from './gateway-response.js';
import { importRestApi, putRestApi } from './import.js';
import * as integration from './integration.js';
import * as method from './method.js';
import * as model from './model.js';
import * as requestValidator from './request-validator.js';
import * as resource from './resource.js';
import * as restApi from './rest-api.js';
import * as stage from './stage.js';
import * as usagePlan from './usage-plan.js';
import * as vpcLink from './vpc-link.js';

/** The operations of REST APIs, with their keys and usage plans. */
export const restApiOperations = [
  account.getAccount,
  account.updateAccount,
  apiKey.createApiKey,
  apiKey.getApiKey,
  apiKey.getApiKeys,
  apiKey.updateApiKey,
  apiKey.deleteApiKey,
  authorizer.createAuthorizer,
  authorizer.getAuthorizer,
  authorizer.getAuthorizers,
  authorizer.updateAuthorizer,
  authorizer.deleteAuthorizer,
  deployment.createDeployment,
  deployment.getDeployment,
  deployment.getDeployments,
  deployment.updateDeployment,
  deployment.deleteDeployment,
  documentationPart.createDocumentationPart,
  documentationPart.getDocumentationPart,
  documentationPart.getDocumentationParts,
  documentationPart.updateDocumentationPart,
  documentationPart.deleteDocumentationPart,
  documentationPart.importDocumentationParts,
  gatewayResponse.putGatewayResponse,
  gatewayResponse.getGatewayResponse,
  gatewayResponse.getGatewayResponses,
  documentationVersion.createDocumentationVersion,
  documentationVersion.getDocumentationVersion,
  documentationVersion.getDocumentationVersions,
  documentationVersion.updateDocumentationVersion,
  documentationVersion.deleteDocumentationVersion,
  gatewayResponse.updateGatewayResponse,
  gatewayResponse.deleteGatewayResponse,
  integration.putIntegration,
  integration.getIntegration,
  integration.updateIntegration,
  integration.updateIntegrationResponse,
  integration.deleteIntegration,
  integration.putIntegrationResponse,
  integration.getIntegrationResponse,
  integration.deleteIntegrationResponse,
  method.putMethod,
  method.getMethod,
  method.updateMethod,
  method.updateMethodResponse,
  method.deleteMethod,
  method.putMethodResponse,
  method.getMethodResponse,
  method.deleteMethodResponse,
  model.createModel,
  model.getModel,
  model.getModels,
  model.getModelTemplate,
  model.updateModel,
  model.deleteModel,
  requestValidator.createRequestValidator,
  requestValidator.getRequestValidator,
  requestValidator.getRequestValidators,
  requestValidator.updateRequestValidator,
  requestValidator.deleteRequestValidator,
  resource.createResource,
  resource.getResource,
  resource.getResources,
  resource.updateResource,
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
  usagePlan.createUsagePlan,
  usagePlan.getUsagePlan,
  usagePlan.getUsagePlans,
  usagePlan.updateUsagePlan,
  usagePlan.deleteUsagePlan,
  usagePlan.createUsagePlanKey,
  usagePlan.getUsagePlanKey,
  usagePlan.getUsagePlanKeys,
  usagePlan.deleteUsagePlanKey,
  vpcLink.createVpcLink,
  vpcLink.getVpcLink,
  vpcLink.getVpcLinks,
  vpcLink.updateVpcLink,
  vpcLink.deleteVpcLink,
  getExport,
  importRestApi,
  putRestApi,
];
