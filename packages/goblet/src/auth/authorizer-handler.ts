import type { LambdaContext } from '../declare/route-types.js';
import type { Container } from '../lambda/container.js';
import type { Handle } from '../lambda/lambda-types.js';

type Answer = (container: Container, event: unknown, context: LambdaContext) => Promise<unknown>;

/** The handler of the app's own authorizer of this name. */
export function authorizerHandler(container: Container, name: string | undefined): Handle | undefined {
  const answer = container.runtime.auth[name ?? '']?.options.answer as Answer | undefined;
  return answer && ((event, context) => answer(container, event, context));
}
