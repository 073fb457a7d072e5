export const GOBLET_ENV =
  'Environment variables are missing or do not match their types; the message names each. Set them; in a test, pass them as `env` of the test client.';

/** @param wrong the name of each variable and its problem, without its value */
export const invalidVariables = (wrong: readonly string[]) => `GOBLET_ENV: ${wrong.join('. ')}`;

export const invalidLevel = (levels: readonly string[]) => `GOBLET_ENV: GOBLET_LOG_LEVEL must be one of ${levels}`;

export const GOBLET_EVENT_UNKNOWN =
  'The event does not come from a front door of the app. If the app is behind a Function URL or an ALB, name it under `alsoBehind`; other events belong to a source.';

export const noFrontDoor = (event: object) => `GOBLET_EVENT_UNKNOWN: no front door sends [${Object.keys(event)}]`;

export const notOfAuthorizer = 'GOBLET_EVENT_UNKNOWN: the event is not one that API Gateway sends to an authorizer';

export const GOBLET_NEXT_TWICE =
  'A middleware called `next` twice for one request. The handler ran once, and the client gets a 500 without details. Keep the result of the first call. Retry inside the handler.';

export const nextTwice = 'GOBLET_NEXT_TWICE: a middleware called next twice';
