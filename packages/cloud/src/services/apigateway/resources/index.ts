import type { AnyResourceType } from '../../../core/resource-type.js';
import { domainResourceTypes } from '../domains/resources/index.js';
import { httpApiResourceTypes } from '../http-api/resources/index.js';
import { restApiResourceTypes } from '../rest-api/resources/index.js';

/** The CloudFormation types of API Gateway. */
export const resourceTypes: readonly AnyResourceType[] = [
  ...domainResourceTypes,
  ...httpApiResourceTypes,
  ...restApiResourceTypes,
];
