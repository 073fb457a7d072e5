import type { ServiceMaker } from '../core/service.js';
import { apigateway } from './apigateway/index.js';
import { dynamoDb } from './dynamodb/index.js';
import { iam } from './iam/index.js';
import { ssm } from './ssm/index.js';
import { sts } from './sts/index.js';

/** The services of the cloud. */
export const services: readonly ServiceMaker[] = [apigateway, dynamoDb, iam, ssm, sts];
