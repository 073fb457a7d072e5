import { badRequest, keyAnswer, patch } from '../apigateway.js';
import { ANY_TEXT, type RecordedService } from '../recorded-case.js';

/** The recorded answers of AWS's API Gateway about keys and usage plans. */
export default {
  service: 'apigateway',
  cases: [
    {
      name: 'a new API key has no tags, and none of the names that are empty',
      recorded: '2025-07',
      ask: ['CreateApiKey', { name: '' }],
      answer: { ...keyAnswer, id: ANY_TEXT, value: ANY_TEXT },
    },
    {
      name: 'a changed API key tells of no tags that there are none',
      recorded: '2025-07',
      given: [['CreateApiKey', {}]],
      ask: [
        'UpdateApiKey',
        { apiKey: '<CreateApiKey.id>', patchOperations: [patch('replace', '/enabled', 'not-a-boolean')] },
      ],
      answer: { ...keyAnswer, id: '<CreateApiKey.id>', tags: {} },
    },
    {
      name: 'API keys are listed the last one first, and a limit below one is none',
      recorded: '2025-07',
      given: [
        ['CreateApiKey', { name: 'one' }],
        ['CreateApiKey', { name: 'two' }],
      ],
      ask: ['GetApiKeys', { limit: -1 }],
      at: 'items.0.name',
      answer: 'two',
    },
    {
      name: 'the name of an API key has at most 1024 characters',
      recorded: '2025-07',
      ask: ['CreateApiKey', { name: 'a'.repeat(1025) }],
      error: badRequest('Invalid API Key name, can be at most 1024 characters.'),
    },
    {
      name: 'the description of an API key is limited',
      recorded: '2025-07',
      ask: ['CreateApiKey', { description: 'a'.repeat(125_001) }],
      error: badRequest('Invalid API Key description specified.'),
    },
    {
      name: 'a usage plan has the offset of its quota and no tags that are none',
      recorded: '2023-07',
      ask: ['CreateUsagePlan', { name: 'plan', quota: { limit: 10, period: 'DAY', offset: 0 } }],
      answer: { apiStages: [], id: ANY_TEXT, name: 'plan', quota: { limit: 10, offset: 0, period: 'DAY' } },
    },
    {
      name: 'the keys of a usage plan have their values',
      recorded: '2025-09',
      given: [
        ['CreateApiKey', { name: 'key' }],
        ['CreateUsagePlan', { name: 'plan' }],
        ['CreateUsagePlanKey', { usagePlanId: '<CreateUsagePlan.id>', keyId: '<CreateApiKey.id>', keyType: 'API_KEY' }],
      ],
      ask: ['GetUsagePlanKeys', { usagePlanId: '<CreateUsagePlan.id>', nameQuery: 'ke' }],
      answer: {
        items: [{ id: '<CreateApiKey.id>', name: 'key', type: 'API_KEY', value: '<CreateApiKey.value>' }],
      },
    },
    {
      name: 'a usage plan that is not there has no keys',
      recorded: '2025-09',
      ask: ['GetUsagePlanKeys', { usagePlanId: 'nothing' }],
      answer: { items: [] },
    },
  ],
} satisfies RecordedService;
