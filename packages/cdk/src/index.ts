export { GobletError, type GobletErrorCode } from './errors.js';
export { Goblet } from './goblet.js';
export type {
  ApiKeyBinding,
  AuthorizerBinding,
  AuthorizerBindings,
  DomainOptions,
  FunctionOptions,
  GobletOptions,
  GobletProps,
  JwtIssuer,
  Needs,
  OptionalAuthorizerBindings,
  OutputOptions,
  SourceBindings,
  StageOptions,
  ThrottleOptions,
  UncheckedNeeds,
  UserPoolBinding,
} from './props.js';
