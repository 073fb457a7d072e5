/**
 * Checks of declarations, their source lines, the definition for tools, and the events that tests send. A bundled
 * function has no use for them: its app was checked when it was built.
 */
export { checkAuthorizer } from '../auth/authorizer-checks.js';
export { newChecks } from '../declare/declaration-checks.js';
export { definedForTools } from '../declare/define-app.js';
export {
  appDeclared,
  appStarted,
  checkServed,
  functionDeclared,
  mountDeclared,
  routeDeclared,
  routerDeclared,
  scopeDeclared,
} from '../declare/tooling.js';
export { checkErrorStatus } from '../http/error-status.js';
export { bucketEvent } from '../sources/sent/bucket.js';
export { busEncoder } from '../sources/sent/bus.js';
export { queueEvent } from '../sources/sent/queue.js';
export { scheduledEvent } from '../sources/sent/schedule.js';
export { kinesisEvent } from '../sources/sent/stream.js';
export { dynamoDbEvent } from '../sources/sent/table-stream.js';
export { notificationEncoder, topicEvent } from '../sources/sent/topic.js';
export { webSocketEvent } from '../sources/sent/websocket.js';
export { checkContent, checkPattern, checkQueue, checkSchedule, checkStream } from '../sources/source-checks.js';
export { checkMessages } from '../sources/websocket/check.js';
