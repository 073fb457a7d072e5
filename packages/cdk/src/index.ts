export { GobletError, type GobletErrorCode } from './errors.js';
export { Goblet } from './goblet.js';
export type {
  AuthorizerBindings,
  FunctionOptions,
  GobletOptions,
  GobletProps,
  JwtIssuer,
  Needs,
  OutputOptions,
  SourceBindings,
  StageOptions,
  UncheckedNeeds,
} from './props.js';
