import type { Scope } from '../../../core/operation.js';
import type { Input, Output } from '../../../model/client-types.js';
import { type FunctionReference, functionArn } from '../functions/function-name.js';

type Configuration = Output<'lambda', 'GetFunctionUrlConfig'>;
type UrlCors = NonNullable<Configuration['Cors']>;

/** An HTTPS address of a function or an alias, as it is stored. */
export interface FunctionUrl extends Scope {
  /** The first label of its host. */
  readonly id: string;
  /** Of the function. */
  readonly name: string;
  /** Of an alias; undefined for the function as such. */
  readonly qualifier?: string | undefined;
  readonly authType: NonNullable<Configuration['AuthType']>;
  readonly invokeMode: NonNullable<Configuration['InvokeMode']>;
  readonly cors?: UrlCors | undefined;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly modified: number;
  /** The physical id of the AWS::Lambda::Url that this is, if it is one. */
  readonly resourceId?: string | undefined;
}

export const urlHost = ({ id, region }: Pick<FunctionUrl, 'id' | 'region'>): string =>
  `${id}.lambda-url.${region}.on.aws`;

export const urlReference = ({ account, region, name, qualifier }: FunctionUrl): FunctionReference => ({
  account,
  region,
  name,
  qualifier,
});

/** A list of what one member of a configuration of cross-origin requests may hold. */
const list = (max: number) => ({ max: 100, each: { min: 1, max } });

export const URL_LIMITS = {
  AuthType: { values: ['NONE', 'AWS_IAM'] },
  InvokeMode: { values: ['RESPONSE_STREAM', 'BUFFERED'] },
  Qualifier: { min: 1, max: 128, pattern: /((?!^\d+$)^[0-9a-zA-Z-_]+$)/ },
  Cors: {
    members: {
      MaxAge: { min: 0, max: 86_400 },
      AllowHeaders: list(1024),
      AllowMethods: { max: 6, each: { max: 6, pattern: /.*/ } },
      AllowOrigins: list(253),
      ExposeHeaders: list(1024),
    },
  },
};

/** Cross-origin settings; undefined where an input has none or empty ones. */
export function parseCors(cors: Input<'lambda', 'CreateFunctionUrlConfig'>['Cors']): UrlCors | undefined {
  return cors && Object.values(cors).some((value) => value !== undefined) ? cors : undefined;
}

/** A configuration as the API answers it. @param toLocal gives the address at which it is reached here */
export function urlConfiguration(url: FunctionUrl, toLocal: (text: string) => string) {
  return {
    FunctionUrl: toLocal(`https://${urlHost(url)}/`),
    FunctionArn: functionArn(urlReference(url)),
    AuthType: url.authType,
    Cors: url.cors,
    CreationTime: new Date(url.created).toISOString(),
    LastModifiedTime: new Date(url.modified).toISOString(),
    InvokeMode: url.invokeMode,
  };
}
