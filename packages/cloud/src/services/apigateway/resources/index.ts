import type { AnyResourceType } from '../../../core/resource-type.js';
import { account } from './account.js';
import { deployment } from './deployment.js';
import { restApi } from './rest-api.js';
import { stage } from './stage.js';

/** The CloudFormation types of API Gateway. */
export const resourceTypes: readonly AnyResourceType[] = [account, deployment, restApi, stage];
