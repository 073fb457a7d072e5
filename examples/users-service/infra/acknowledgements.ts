import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What cdk-nag's Serverless pack asks of a service and this one does without, each with the reason. */
const REASONS: Readonly<Record<string, string>> = {
  'Serverless-LambdaDLQ': 'API Gateway waits for the handler’s answer: no event is left over for a queue',
  'Serverless-LambdaLatestVersion': 'the bundle is made for Node.js 22, which Lambda supports',
  'Serverless-LambdaTracing': 'a request makes one call to DynamoDB, and its log line says how it went',
  'Serverless-APIGWXrayEnabled': 'without traces of the handler there is nothing to trace here',
  'Serverless-APIGWAccessLogging': 'it takes a role in the account’s settings, which are not this stack’s to change',
  'Serverless-APIGWDefaultThrottling': 'the account’s throttle is this service’s: no other API shares it',
};

/** Acknowledges these findings for everything below a construct. */
export function acknowledgeFindings(scope: IConstruct): void {
  Validations.of(scope).acknowledge(...Object.entries(REASONS).map(([id, reason]) => ({ id, reason })));
}
