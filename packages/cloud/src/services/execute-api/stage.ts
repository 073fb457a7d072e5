import type { HttpRequest, HttpResponse } from '../../core/http.js';
import type { AccessLog } from './access-log.js';
import type { AuthorizerCache } from './authorizer.js';
import type { CallAws } from './aws-request.js';
import type { Mapping } from './exchange.js';
import type { JwtVerifier } from './http-api/authorizer.js';
import type { Invoker } from './invoker.js';
import type { ApiModel } from './model.js';
import type { PolicyDecider, SignatureVerifier, TokenVerifier } from './route-authorizer.js';
import type { RateLimit } from './token-bucket.js';
import type { Usage } from './usage.js';

/** One stage of an API, and the means by which it is served. */
export interface ExecuteApiOptions {
  readonly model: ApiModel;
  readonly stage: string;
  readonly apiId: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly deploymentId?: string;
  readonly stageVariables?: Readonly<Record<string, string>>;
  /** Of a stage with a canary: whether this is it. */
  readonly isCanaryRequest?: boolean;
  readonly invoker: Invoker;
  /** Calls AWS services for integrations of type AWS. @default their methods answer 501, which says so */
  readonly callAws?: CallAws;
  /** Where the address of an HTTP integration leads. @default - as it is */
  readonly localUrl?: (url: string) => string;
  /** @default - a new cache */
  readonly authorizerCache?: AuthorizerCache;
  /** API keys and usage plans. @default no key is known */
  readonly usage?: Usage;
  /**
   * Limits of methods by `GET /users/{name}`; `*` for the method, or alone, means every method.
   * @default none
   */
  readonly throttles?: Readonly<Record<string, RateLimit>>;
  /** Verifies signatures of AWS_IAM methods. @default they answer 501, which says so */
  readonly verifySignature?: SignatureVerifier;
  /** Verifies tokens of JWT authorizers of HTTP APIs. @default their routes answer 501, which says so */
  readonly verifyJwt?: JwtVerifier;
  /** Verifies tokens of COGNITO_USER_POOLS authorizers. @default their methods answer 501, which says so */
  readonly verifyToken?: TokenVerifier;
  /** Decides by the API's resource policy. @default - it has none */
  readonly decidePolicy?: PolicyDecider;
  /** Said with the 501 of an authorizer that nothing verifies: what to do instead. @default nothing */
  readonly advice?: string;
  /** @default none is written */
  readonly accessLog?: AccessLog;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** Receives the reason for a 5xx answer, which the client does not see. */
  readonly log?: (message: string) => void;
}

/** Answers one request to the stage. The request's path is the one below the stage: `/users/john`. */
export type ExecuteApi = (request: HttpRequest, mapping?: Mapping) => Promise<HttpResponse>;
