import type { Operation } from '../../../core/operation.js';
import type { SnsState } from '../service-state.js';
import { confirmSubscription } from './confirm-subscription.js';
import { createTopic } from './create-topic.js';
import { getDataProtectionPolicy, putDataProtectionPolicy } from './data-protection.js';
import { addPermission, removePermission } from './permissions.js';
import {
  createPlatformApplication,
  deletePlatformApplication,
  getPlatformApplicationAttributes,
  listPlatformApplications,
  setPlatformApplicationAttributes,
} from './platform-applications.js';
import {
  createPlatformEndpoint,
  deleteEndpoint,
  getEndpointAttributes,
  listEndpointsByPlatformApplication,
  setEndpointAttributes,
} from './platform-endpoints.js';
import { publish, publishBatch } from './publish.js';
import {
  checkIfPhoneNumberIsOptedOut,
  createSmsSandboxPhoneNumber,
  deleteSmsSandboxPhoneNumber,
  getSmsAttributes,
  getSmsSandboxAccountStatus,
  listOriginationNumbers,
  listPhoneNumbersOptedOut,
  listSmsSandboxPhoneNumbers,
  optInPhoneNumber,
  setSmsAttributes,
  verifySmsSandboxPhoneNumber,
} from './sms.js';
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
  addPermission,
  checkIfPhoneNumberIsOptedOut,
  confirmSubscription,
  createPlatformApplication,
  createPlatformEndpoint,
  createSmsSandboxPhoneNumber,
  createTopic,
  deleteEndpoint,
  deletePlatformApplication,
  deleteSmsSandboxPhoneNumber,
  deleteTopic,
  getDataProtectionPolicy,
  getEndpointAttributes,
  getPlatformApplicationAttributes,
  getSmsAttributes,
  getSmsSandboxAccountStatus,
  getSubscriptionAttributes,
  getTopicAttributes,
  listEndpointsByPlatformApplication,
  listOriginationNumbers,
  listPhoneNumbersOptedOut,
  listPlatformApplications,
  listSmsSandboxPhoneNumbers,
  listSubscriptions,
  listSubscriptionsByTopic,
  listTopics,
  optInPhoneNumber,
  publish,
  publishBatch,
  putDataProtectionPolicy,
  removePermission,
  setEndpointAttributes,
  setPlatformApplicationAttributes,
  setSmsAttributes,
  setSubscriptionAttributes,
  setTopicAttributes,
  subscribe,
  unsubscribe,
  verifySmsSandboxPhoneNumber,
  ...topicTagging,
];
