export type { Attribute, Item } from './attribute-value.js';
export { type BucketOptions, type BucketRecord, type BucketSent, bucket } from './bucket.js';
export { type BusOptions, type BusRecord, type BusSent, bus } from './bus.js';
export { lambda } from './lambda.js';
export type { MessageAttributes } from './message-attributes.js';
export type { Returnable } from './partial-batch.js';
export { type QueueOptions, type QueueRecord, queue } from './queue.js';
export { type ScheduleRecord, schedule } from './schedule.js';
export type { Pattern, Source } from './source.js';
export { type StreamRecord, type StreamSent, stream } from './stream.js';
export type { StreamOptions } from './stream-options.js';
export {
  type StreamView,
  type TableStreamOptions,
  type TableStreamRecord,
  type TableStreamSent,
  tableStream,
} from './table-stream.js';
export { type TopicOptions, type TopicRecord, type TopicSent, topic } from './topic.js';
export type {
  WebSocketConnect,
  WebSocketConnection,
  WebSocketDisconnect,
  WebSocketMessage,
  WebSocketOptions,
  WebSocketRecord,
  WebSocketSent,
} from './websocket/types.js';
export { websocket } from './websocket.js';
