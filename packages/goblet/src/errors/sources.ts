import type { SourceLine } from '../definition.js';
import { coded } from './catalogue.js';

type Source = SourceLine | undefined;

export const GOBLET_BUS_PATTERN =
  'A bus has no pattern or an empty one, which EventBridge refuses. Name at least one field, such as `source`; `{ source: [{ prefix: "" }] }` matches every event.';

export const noPattern = (source: Source) =>
  coded(
    'GOBLET_BUS_PATTERN',
    "a bus needs a pattern with at least one field, such as { source: ['shop.orders'] }",
    source,
  );

export const GOBLET_SCHEDULE =
  'A schedule is neither a rate nor a cron expression of EventBridge. Write `rate(1 day)`, `rate(5 minutes)` or `cron(0 10 * * ? *)`: six fields, with `?` for one of the two days.';

export const notSchedule = (expression: string, source: Source) =>
  coded(
    'GOBLET_SCHEDULE',
    `"${expression}" is neither a rate, as rate(1 day) and rate(5 minutes), nor a cron of six fields, as cron(0 10 * * ? *)`,
    source,
  );

export const GOBLET_SOURCE_DUPLICATE = 'A source has two handlers. Remove one.';

export const handledTwice = (source: string, first: string, second: string) =>
  coded('GOBLET_SOURCE_DUPLICATE', `"${source}" is handled at ${first} and ${second}; remove one`);

export const GOBLET_SOURCE_OPTION =
  'Lambda does not accept an option of a source, or its messages are of an unknown kind. Use what the message names.';

export const outOfRange = (option: string, value: number, least: number, most: number, source: Source) =>
  coded('GOBLET_SOURCE_OPTION', `${option} is ${value}; it is a whole number from ${least} to ${most}`, source);

export const invalidContent = (name: string, given: string) =>
  coded(
    'GOBLET_SOURCE_OPTION',
    `the ${name} is ${given}; it is a schema, String, or the topic(…), bucket(…) or bus(…) that sends it`,
  );

export const GOBLET_SOURCE_UNKNOWN =
  '`on` names a source that is not under the app’s `sources`. Correct the name, or declare the source.';

export const notSource = (where: string, name: string) =>
  coded('GOBLET_SOURCE_UNKNOWN', `${where} handles "${name}", which is not under sources`);

export const noSource = (name: string) => `GOBLET_SOURCE_UNKNOWN: the app has no source "${name}"`;

export const GOBLET_WEBSOCKET =
  '`websocket` has invalid messages, a route key that API Gateway reserves, or an expression that selects no route. Pass a schema, `String`, or one of them for each route key; `$default` is a route key too. An expression is `$request.body.` and the name of a member.';

const webSocket = (what: string, source: Source) => coded('GOBLET_WEBSOCKET', what, source);

export const selectsNothing = (expression: unknown, source: Source) =>
  webSocket(
    `the routeSelectionExpression is ${JSON.stringify(expression)}; it must name a member of the body, such as $request.body.action`,
    source,
  );

export const noMessages = (given: string, source: Source) =>
  webSocket(`the messages are ${given}; give a schema, String, or one of them for each route key`, source);

export const reservedKey = (key: string, source: Source) =>
  webSocket(
    `${JSON.stringify(key)} is not a route key of messages; connect and disconnect need no declaration`,
    source,
  );

export const invalidMessage = (key: string, given: string, source: Source) =>
  webSocket(`the message of ${key} is ${given}; it is a schema or String`, source);
