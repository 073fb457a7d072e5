import { coded } from './catalogue.js';
import { type Declared, placed } from './place.js';

export const GOBLET_CDK_FIFO =
  'A FIFO queue has a `batchWindow`, which Lambda does not accept, or a FIFO topic is bound to a function, which SNS does not support: it delivers FIFO topics to queues only.';

export const windowOfFifo = (source: Declared, queue: string) =>
  coded(
    'GOBLET_CDK_FIFO',
    `${placed(source)} has a batchWindow, but ${queue} is a FIFO queue, for which Lambda does not accept one; leave batchWindow out, and keep batchSize at 10 or less`,
  );

export const fifoTopic = (source: Declared, topic: string) =>
  coded(
    'GOBLET_CDK_FIFO',
    `${placed(source)} handles the messages of ${topic}, a FIFO topic, which SNS delivers only to queues; subscribe a queue to it, and declare queue(topic(…))`,
  );

export const GOBLET_CDK_TABLE_STREAM =
  "A source reads the stream of a table that has none, or one with other images. Give the table the stream view type that the app declares, or declare the table's.";

export const noStream = (source: Declared, table: string, wanted: unknown) =>
  coded(
    'GOBLET_CDK_TABLE_STREAM',
    `${placed(source)} reads the stream of the table ${table}, which has no stream; give the table stream: dynamodb.StreamViewType.${wanted} (dynamoStream for a TableV2)`,
  );

export const otherView = (source: Declared, table: string, wanted: unknown, view: string) =>
  coded(
    'GOBLET_CDK_TABLE_STREAM',
    `${placed(source)} expects ${wanted} from the table ${table}, which streams ${view}; give tableStream the view '${view}', or change the table's stream`,
  );

export const GOBLET_CDK_TEMPLATE_TOO_LARGE =
  'The definition of the REST API is larger than the 1,000,000 bytes that CloudFormation accepts as a template. Move routes into another app. CDK itself warns when the whole template comes near that size.';

export const templateTooLarge = (routes: number, bytes: number, most: number) =>
  coded(
    'GOBLET_CDK_TEMPLATE_TOO_LARGE',
    `the definition of ${routes} routes has ${bytes} bytes, but CloudFormation accepts templates of at most ${most}; move routes into another app`,
  );

export const GOBLET_CDK_TIMEOUT_TOO_LONG =
  'A function may run longer than API Gateway waits for it: 29 seconds for a REST or a WebSocket API, 30 seconds for an HTTP API. The limit does not apply to streaming functions or functions of other sources.';

export const timeoutTooLong = (fn: Declared, timeout: number, most: number) =>
  coded(
    'GOBLET_CDK_TIMEOUT_TOO_LONG',
    `${placed(fn)} has a timeout of ${timeout} seconds, but API Gateway waits for ${most}; give it at most that, or move the work to a queue`,
  );

export const GOBLET_CDK_VISIBILITY_TIMEOUT =
  "A queue hides a message for less time than its function may run (default: 30 seconds), which Lambda refuses. Give the queue a longer `visibilityTimeout`; AWS recommends six times the function's timeout.";

export const visibleTooSoon = (source: Declared, timeout: number, queue: string, hidden: number) =>
  coded(
    'GOBLET_CDK_VISIBILITY_TIMEOUT',
    `${placed(source)} may run ${timeout} seconds, but the queue ${queue} hides messages for ${hidden}; give the queue a visibilityTimeout of at least that (AWS recommends six times as much), or the function a shorter timeout`,
  );
