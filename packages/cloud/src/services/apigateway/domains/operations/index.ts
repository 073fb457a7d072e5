import * as http from './http.js';
import * as rest from './rest.js';

/** The operations of custom domain names, of both versions of API Gateway's API. */
export const domainOperations = [http, rest].flatMap((operations) => Object.values(operations));
