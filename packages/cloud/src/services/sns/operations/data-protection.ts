import { onTopic, snsOperation } from '../service-state.js';
import { checkDataProtection } from '../topic-attributes.js';
import { parseTopicArn } from '../topic-name.js';

/** Stored and answered; no message is looked through. */
export const putDataProtectionPolicy = snsOperation({
  name: 'PutDataProtectionPolicy',
  parse: ({ ResourceArn, DataProtectionPolicy: policy }, scope) => {
    checkDataProtection(policy);
    return { topic: parseTopicArn(ResourceArn, scope, 'ResourceArn'), policy };
  },
  access: (row) => [onTopic(row, 'PutDataProtectionPolicy')],
  handle: async ({ topic, policy }, _call, { topics }) => {
    const { dataProtection: _before, ...record } = topics.get(topic);
    await topics.put({ ...record, ...(policy !== '' && { dataProtection: policy }) });
  },
});

export const getDataProtectionPolicy = snsOperation({
  name: 'GetDataProtectionPolicy',
  parse: ({ ResourceArn }, scope) => ({ topic: parseTopicArn(ResourceArn, scope, 'ResourceArn') }),
  access: (row) => [onTopic(row, 'GetDataProtectionPolicy')],
  handle: ({ topic }, _call, { topics }) => ({ DataProtectionPolicy: topics.get(topic).dataProtection ?? '' }),
});
