import type { Operation } from '../../../core/operation.js';
import type { SqsState } from '../service-state.js';
import { changeMessageVisibility, changeMessageVisibilityBatch } from './change-message-visibility.js';
import { createQueue } from './create-queue.js';
import { deleteMessage, deleteMessageBatch } from './delete-message.js';
import { deleteQueue } from './delete-queue.js';
import { getQueueUrl } from './get-queue-url.js';
import { listDeadLetterSourceQueues } from './list-dead-letter-source-queues.js';
import { listQueues } from './list-queues.js';
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from './move-tasks.js';
import { addPermission, removePermission } from './permissions.js';
import { purgeQueue } from './purge-queue.js';
import { getQueueAttributes, setQueueAttributes } from './queue-attributes.js';
import { receiveMessage } from './receive-message.js';
import { sendMessage, sendMessageBatch } from './send-message.js';
import { queueTagging } from './tagging.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<SqsState, any, any>[] = [
  addPermission,
  cancelMessageMoveTask,
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  createQueue,
  deleteMessage,
  deleteMessageBatch,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listMessageMoveTasks,
  listQueues,
  purgeQueue,
  receiveMessage,
  removePermission,
  sendMessage,
  sendMessageBatch,
  setQueueAttributes,
  startMessageMoveTask,
  ...queueTagging,
];
