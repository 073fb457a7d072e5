export type { HttpRequest, HttpResponse } from '../../core/http.js';
export { requestListener } from '../../gateway/request-listener.js';
export { installStreaming, preludeBytes, streams } from '../../runtime/bootstrap/response-stream.js';
export type { AccessLog } from './access-log.js';
export type { AuthorizerCache } from './authorizer.js';
export type { AwsRequest, CallAws } from './aws-request.js';
export { type Exchange, newExchange, requestTime } from './exchange.js';
export { executeApi } from './execute-api.js';
export { type GatewayError, messageOf, statusOf, usualStatus } from './gateway-response.js';
export type { JwtVerifier } from './http-api/authorizer.js';
export { corsOf } from './http-api/cors.js';
export { cookiesOf, headersOf, isText, queryOf } from './http-api/event.js';
export { type HttpApiSettings, type HttpRoute, httpApiModel } from './http-api/http-api-model.js';
export { isMappingKey } from './http-api/parameter-mapping.js';
export { responseV2 } from './http-api/result.js';
export { subtypeParameters } from './http-api/service-integration.js';
export { type Invocation, type Invoker, payloadValue } from './invoker.js';
export { claimText } from './jwt/claim-text.js';
export { jwtVerifier } from './jwt/verify-jwt.js';
export { type UserPoolKeys, userPoolVerifier } from './jwt/verify-user-pool-token.js';
export { MAX_BODY } from './limits.js';
export * from './model.js';
export type { BasePathMode } from './open-api/base-path.js';
export { API_ID, apiKeySource, importOpenApi, readGatewayResponse } from './open-api/import-open-api.js';
export { readIntegration, readResponse } from './open-api/integration.js';
export * as openApiJson from './open-api/json.js';
export { checkPaths, HTTP_PATHS, pathPartProblem } from './open-api/paths.js';
export { badRequest, invalidMapping, unsupported } from './open-api/refusal.js';
export { readAuthorizer } from './open-api/security.js';
export type { PolicyDecider, SignatureVerifier, TokenVerifier } from './route-authorizer.js';
export { variableName } from './router.js';
export type { ExecuteApi, ExecuteApiOptions } from './stage.js';
export { streamResponse } from './stream-response.js';
export { testAuthorization } from './test-authorizer.js';
export { type TestInvocation, testInvocation } from './test-invocation.js';
export type { RateLimit } from './token-bucket.js';
export { type Usage, type UsagePlan, usageByPlans } from './usage.js';
export { maskedAccount, type SignatureSetting, signatureVerifier } from './verify-signature.js';
export { isIdentitySource } from './web-socket/authorizer.js';
export { type Connection, newWebSocketId } from './web-socket/exchange.js';
export type * from './web-socket/model.js';
export {
  type Admission,
  type WebSocketApi,
  type WebSocketApiOptions,
  webSocketApi,
} from './web-socket/web-socket-api.js';
