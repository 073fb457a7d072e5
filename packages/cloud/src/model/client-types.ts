import type { ACM } from '@aws-sdk/client-acm';
import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { ECR } from '@aws-sdk/client-ecr';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { Kinesis } from '@aws-sdk/client-kinesis';
import type { KMS } from '@aws-sdk/client-kms';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { S3 } from '@aws-sdk/client-s3';
import type { Scheduler } from '@aws-sdk/client-scheduler';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { SNS } from '@aws-sdk/client-sns';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';

/** The SDK's clients by the cloud's names of their services. Types alone: nothing of the SDK is loaded. */
interface Clients {
  acm: ACM;
  apigateway: APIGateway;
  apigatewayv2: ApiGatewayV2;
  cloudformation: CloudFormation;
  cloudtrail: CloudTrail;
  cloudwatch: CloudWatch;
  'cognito-idp': CognitoIdentityProvider;
  dynamodb: DynamoDB;
  ecr: ECR;
  events: EventBridge;
  iam: IAM;
  kinesis: Kinesis;
  kms: KMS;
  lambda: Lambda;
  logs: CloudWatchLogs;
  s3: S3;
  scheduler: Scheduler;
  secretsmanager: SecretsManager;
  sns: SNS;
  sqs: SQS;
  ssm: SSM;
  sts: STS;
}

/** A service whose model the cloud has: `logs` */
export type ModelName = keyof Clients;

/** The services whose operations are made of their models. Calls to the others are not typed yet. */
export type ModelledService =
  | 'acm'
  | 'apigateway'
  | 'apigatewayv2'
  | 'cloudformation'
  | 'cloudtrail'
  | 'cognito-idp'
  | 'ecr'
  | 'events'
  | 'cloudwatch'
  | 'iam'
  | 'kinesis'
  | 'kms'
  | 'lambda'
  | 'logs'
  | 's3'
  | 'scheduler'
  | 'secretsmanager'
  | 'sns'
  | 'sqs'
  | 'ssm'
  | 'sts';

// Each method of a client has three overloads at least; the first of these three answers a promise.
type Method<Client, Name extends string> = Uncapitalize<Name> extends keyof Client ? Client[Uncapitalize<Name>] : never;
type Types<M> = M extends {
  (input: infer I, options?: infer _O): Promise<infer O>;
  (input: infer _I, callback: infer _C): void;
  (input: infer _J, options: infer _P, callback: infer _D): void;
}
  ? { readonly input: I; readonly output: O }
  : never;

/** AWS's names of a service's operations: `SendMessage` */
export type OperationName<C extends ModelName> = Exclude<
  Capitalize<keyof Clients[C] & string>,
  'Config' | 'Destroy' | 'Send' | 'MiddlewareStack'
>;

/**
 * The input of an operation after validation: required members are present at every depth. The SDK's types allow
 * undefined for them.
 */
export type Input<C extends ModelName, Name extends string> = Checked<Types<Method<Clients[C], Name>>['input']>;

/**
 * The answer of an operation, without the members that the SDK adds. An operation without output members may return
 * nothing.
 */
export type Output<C extends ModelName, Name extends string> = Answered<
  Omit<Types<Method<Clients[C], Name>>['output'], '$metadata'>
>;

/** The output of a call, where its operation is named and made of a model. */
export type OutputOf<Service extends string, Name extends string> = Service extends 'apigateway'
  ? Name extends `${typeof API_GATEWAY_V2}${infer Own}`
    ? OutputByModel<'apigatewayv2', Own>
    : OutputByModel<'apigateway', Name>
  : OutputByModel<Service, Name>;

/**
 * One service answers by two models of AWS, which share names: the operations of the second have this before them.
 * `CreateApi` of `apigatewayv2` is called `V2CreateApi` of `apigateway`.
 */
export const API_GATEWAY_V2 = 'V2';

type OutputByModel<Model extends string, Name extends string> = Model extends ModelledService
  ? Name extends OperationName<Model>
    ? Output<Model, Name>
    : Untyped
  : Untyped;

// biome-ignore lint/suspicious/noExplicitAny: callers narrow it to the members they read
type Untyped = any;

type Answered<T> = [keyof T] extends [never] ? void : Lasting<T>;

/** Streams that the SDK's clients take: a Blob, a stream of the web. */
type SentStream = { readonly stream: () => unknown } | { readonly getReader: () => unknown };

/** A stream that the SDK's clients answer; here it is the bytes, or the pieces in which they come. */
type AnsweredStream = { readonly transformToByteArray: () => unknown };

type Leaf =
  | string
  | number
  | boolean
  | bigint
  | undefined
  | null
  | Uint8Array
  | Date
  | AsyncIterable<unknown>
  | SentStream
  | ((...values: never[]) => unknown);

/** The SDK's answers may be changed by who gets them; ours are not. */
export type Lasting<T> = T extends Uint8Array
  ? Uint8Array
  : T extends AnsweredStream
    ? Uint8Array | AsyncIterable<Uint8Array>
    : T extends Leaf
      ? T
      : T extends readonly (infer Item)[]
        ? readonly Lasting<Item>[]
        : T extends object
          ? { readonly [K in keyof T]: Lasting<T[K]> }
          : T;

/** The SDK types a required member `string | undefined` and an optional one `?: string | undefined`. */
export type Checked<T> = T extends Leaf
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Checked<Item>[]
    : T extends object
      ? {
          readonly [K in keyof T]: undefined extends T[K]
            ? Record<never, never> extends Pick<T, K>
              ? Checked<T[K]>
              : Checked<Exclude<T[K], undefined>>
            : Checked<T[K]>;
        }
      : T;
