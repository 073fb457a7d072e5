import * as http from './http-operations.js';
import * as rest from './rest-operations.js';

/** The operations of custom domain names, of both versions of API Gateway's API. */
export const domainOperations = [
  rest.createDomainName,
  rest.getDomainName,
  rest.getDomainNames,
  rest.updateDomainName,
  rest.deleteDomainName,
  rest.createBasePathMapping,
  rest.getBasePathMapping,
  rest.getBasePathMappings,
  rest.updateBasePathMapping,
  rest.deleteBasePathMapping,
  http.createDomainName,
  http.getDomainName,
  http.getDomainNames,
  http.updateDomainName,
  http.deleteDomainName,
  http.createApiMapping,
  http.getApiMapping,
  http.getApiMappings,
  http.updateApiMapping,
  http.deleteApiMapping,
];
