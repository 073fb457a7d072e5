import type { ServiceMaker } from '../core/cloud.js';
import { acm } from './acm/index.js';
import { apigateway } from './apigateway/index.js';
import { cloudFormation } from './cloudformation/index.js';
import { cloudTrail } from './cloudtrail/index.js';
import { cloudWatch } from './cloudwatch/index.js';
import { cognito } from './cognito/index.js';
import { dynamoDb } from './dynamodb/index.js';
import { ecr } from './ecr/index.js';
import { events } from './events/index.js';
import { iam } from './iam/index.js';
import { kinesis } from './kinesis/index.js';
import { kms } from './kms/index.js';
import { lambda } from './lambda/index.js';
import { logs } from './logs/index.js';
import { s3 } from './s3/index.js';
import { scheduler } from './scheduler/index.js';
import { secretsManager } from './secretsmanager/index.js';
import { sns } from './sns/index.js';
import { sqs } from './sqs/index.js';
import { ssm } from './ssm/index.js';
import { states } from './states/index.js';
import { sts } from './sts/index.js';

/**
 * The services of the cloud, in the order they start: topics, queues and streams before Lambda, which reads them and goes on with
 * what functions were doing; EventBridge, which calls both, after them; CloudFormation, which goes on with what it was
 * doing, last.
 */
export const services: readonly ServiceMaker[] = [
  acm,
  apigateway,
  cloudTrail,
  cognito,
  dynamoDb,
  ecr,
  iam,
  kinesis,
  kms,
  sns,
  sqs,
  lambda,
  cloudWatch,
  events,
  logs,
  s3,
  scheduler,
  secretsManager,
  ssm,
  states,
  sts,
  cloudFormation,
];
