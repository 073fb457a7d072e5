import type { AnyResourceType } from '../../../../core/resource-type.js';
import { account } from './account.js';
import { apiKey } from './api-key.js';
import { authorizer } from './authorizer.js';
import { deployment } from './deployment.js';
import { documentationPart, documentationVersion } from './documentation.js';
import { gatewayResponse } from './gateway-response.js';
import { method } from './method.js';
import { model } from './model.js';
import { requestValidator } from './request-validator.js';
import { resource } from './resource.js';
import { restApi } from './rest-api.js';
import { stage } from './stage.js';
import { usagePlan } from './usage-plan.js';
import { usagePlanKey } from './usage-plan-key.js';
import { vpcLink } from './vpc-link.js';

/** The CloudFormation types of REST APIs. */
export const restApiResourceTypes: readonly AnyResourceType[] = [
  account,
  apiKey,
  authorizer,
  deployment,
  documentationPart,
  documentationVersion,
  gatewayResponse,
  method,
  model,
  requestValidator,
  resource,
  restApi,
  stage,
  usagePlan,
  usagePlanKey,
  vpcLink,
];
