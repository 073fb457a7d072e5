import type { Operation } from '../../../core/operation.js';
import type { SnsState } from '../service-state.js';
import { createTopic } from './create-topic.js';
import { publish, publishBatch } from './publish.js';
import { subscribe } from './subscribe.js';
import {
  getSubscriptionAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  setSubscriptionAttributes,
  unsubscribe,
} from './subscriptions.js';
import { topicTagging } from './tagging.js';
import { deleteTopic, getTopicAttributes, listTopics, setTopicAttributes } from './topics.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<SnsState, any, any>[] = [
  createTopic,
  deleteTopic,
  getSubscriptionAttributes,
  getTopicAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  listTopics,
  publish,
  publishBatch,
  setSubscriptionAttributes,
  setTopicAttributes,
  subscribe,
  unsubscribe,
  ...topicTagging,
];
