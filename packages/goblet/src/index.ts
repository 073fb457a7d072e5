export { App, type AppConstructor, Router, type RouterConstructor } from './app.js';
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
} from './app-types.js';
export {
  type Allowed,
  type AllowOptions,
  type AuthorizerOptions,
  type AuthorizerRequest,
  type AuthorizerResult,
  allow,
  authorizer,
} from './authorizer-function.js';
export * from './authorizers.js';
export {
  type FormFields,
  form,
  type MultipartBody,
  type MultipartOptions,
  multipart,
  raw,
} from './bodies.js';
export { type Compression, type CompressionOptions, compression } from './compression.js';
export {
  ConnectionGone,
  type ConnectionInfo,
  ConnectionRefused,
  type Connections,
  connections,
} from './connections.js';
export { type CookieOptions, cookie } from './cookie.js';
export type { CorsOptions } from './cors.js';
export * from './errors.js';
export type { LambdaHandler } from './lambda-types.js';
export type { Logger } from './logger.js';
export type { Part } from './multipart.js';
export type { PathParams } from './path-types.js';
export { type HeaderValues, type Reply, type ReplyOptions, reply } from './reply.js';
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
} from './route-types.js';
export * from './sources/index.js';
export type { StandardJSONSchemaV1, StandardSchemaV1 } from './standard-schema.js';
export { toWeb } from './web-request.js';
