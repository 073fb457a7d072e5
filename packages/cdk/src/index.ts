export type { RuntimeEnvironment } from './environment.js';
export { Goblet } from './goblet.js';
export { GobletError, type GobletErrorCode } from './goblet-error.js';
export type {
  ApiKeyBinding,
  AuthorizerBinding,
  AuthorizerBindings,
  DomainOptions,
  FunctionOptions,
  Functions,
  GobletOptions,
  GobletProps,
  JwtIssuer,
  Needs,
  OptionalAuthorizerBindings,
  OutputOptions,
  StageOptions,
  ThrottleOptions,
  UncheckedNeeds,
  UserPoolBinding,
} from './props.js';
export type {
  BucketBinding,
  BusBinding,
  SourceBinding,
  SourceBindings,
  StreamBinding,
  StreamDelivery,
  TableStreamBinding,
  TopicBinding,
} from './sources/index.js';
