export {
  type Allowed,
  type AllowOptions,
  type AuthorizerOptions,
  type AuthorizerRequest,
  type AuthorizerResult,
  allow,
  authorizer,
} from './auth/authorizer-function.js';
export * from './auth/authorizers.js';
export { App, type AppConstructor, Router, type RouterConstructor } from './declare/app.js';
export type {
  AnyApp,
  AppOptions,
  ErrorListener,
  Method,
  Middleware,
  MountOptions,
  Next,
  RouterOptions,
  Routes,
  SourceEvent,
} from './declare/app-types.js';
export type { PathParams } from './declare/path-types.js';
export type {
  AppTypes,
  Awaitable,
  BareRequest,
  EnvironmentOf,
  EnvOf,
  EnvSpec,
  Handler,
  HttpRequest,
  LambdaContext,
  Route,
  RouteOptions,
} from './declare/route-types.js';
export type { StandardJSONSchemaV1, StandardSchemaV1 } from './declare/standard-schema.js';
export {
  type FormFields,
  form,
  type MultipartBody,
  type MultipartOptions,
  multipart,
  raw,
} from './http/bodies.js';
export { type Compression, type CompressionOptions, compression } from './http/compression.js';
export { type CookieOptions, cookie } from './http/cookie.js';
export type { CorsOptions } from './http/cors.js';
export * from './http/errors.js';
export type { Part } from './http/multipart.js';
export { type HeaderValues, type Reply, type ReplyOptions, reply } from './http/reply.js';
export { toWeb } from './http/web-request.js';
export type { LambdaHandler } from './lambda/lambda-types.js';
export type { Logger } from './lambda/logger.js';
export * from './sources/index.js';
export {
  ConnectionGone,
  type ConnectionInfo,
  ConnectionRefused,
  type Connections,
  connections,
} from './sources/websocket/connections.js';
