export type { Attribute, Item } from './attribute-value.js';
export { type BucketOptions, type BucketRecord, bucket } from './bucket.js';
export { type BusOptions, type BusRecord, bus } from './bus.js';
export { lambda } from './lambda.js';
export type { MessageAttributes } from './message-attributes.js';
export type { Returnable } from './partial-batch.js';
export { type QueueRecord, queue } from './queue.js';
export type { QueueOptions } from './queue-options.js';
export { type ScheduleRecord, schedule } from './schedule.js';
export type { BucketSent } from './sent/bucket.js';
export type { BusSent } from './sent/bus.js';
export type { StreamSent } from './sent/stream.js';
export type { TableStreamSent } from './sent/table-stream.js';
export type { TopicSent } from './sent/topic.js';
export type { Pattern, Source } from './source.js';
export { type StreamRecord, stream } from './stream.js';
export type { StreamOptions } from './stream-options.js';
export type { StreamView } from './stream-view.js';
export { type TableStreamOptions, type TableStreamRecord, tableStream } from './table-stream.js';
export { type TopicOptions, type TopicRecord, topic } from './topic.js';
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
