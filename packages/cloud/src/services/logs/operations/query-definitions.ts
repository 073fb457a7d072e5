import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import { page } from '../log-input.js';
import { definitionKey, type QueryDefinition } from '../query-definition.js';
import { logsOperation } from '../service-state.js';

const LANGUAGES = ['CWLI', 'SQL', 'PPL'];
const MOST = 1000;

const shown = ({ id, name, language, text, groups, parameters, modified }: QueryDefinition) => ({
  queryLanguage: language,
  queryDefinitionId: id,
  name,
  queryString: text,
  lastModified: modified,
  logGroupNames: [...groups],
  parameters,
});

const noDefinition = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified query definition does not exist.');

export const putQueryDefinition = logsOperation({
  name: 'PutQueryDefinition',
  limits: {
    queryLanguage: { values: LANGUAGES },
    name: { min: 1, max: 255 },
    queryDefinitionId: { min: 0, max: 256 },
    queryString: { min: 1, max: 10_000 },
    clientToken: { min: 36, max: 128 },
  },
  access: (row) => [row({ action: 'logs:PutQueryDefinition', on: anything })],
  handle: async (given, { account, region }, { context, queryDefinitions }) => {
    const { queryDefinitionId, name, queryString: text, queryLanguage: language = 'CWLI', parameters } = given;
    const id = queryDefinitionId ?? randomId.uuid();
    const isKnown = queryDefinitions.find(definitionKey({ account, region, id })) !== undefined;
    if (queryDefinitionId !== undefined && !isKnown) throw noDefinition();
    if (!isKnown && queryDefinitions.list({ account, region }, (each) => each.id).length >= MOST) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    }
    const groups = given.logGroupNames ?? [];
    const modified = context.now();
    await queryDefinitions.put({ account, region, id, name, language, text, groups, parameters, modified });
    return { queryDefinitionId: id };
  },
});

export const describeQueryDefinitions = logsOperation({
  name: 'DescribeQueryDefinitions',
  limits: {
    queryLanguage: { values: LANGUAGES },
    queryDefinitionNamePrefix: { min: 1, max: 255 },
    maxResults: { min: 1, max: 1000 },
  },
  access: (row) => [row({ action: 'logs:DescribeQueryDefinitions', on: anything })],
  handle: (given, call, { queryDefinitions }) => {
    const { queryDefinitionNamePrefix: prefix = '', queryLanguage, maxResults: limit = 1000, nextToken: token } = given;
    const keyOf = ({ name, id }: QueryDefinition) => `${name} ${id}`;
    const found = queryDefinitions
      .list(call, keyOf)
      .filter(({ name, language }) => name.startsWith(prefix) && language === (queryLanguage ?? language));
    const { items, next } = page(found, keyOf, { limit, token }, ['DescribeQueryDefinitions', prefix, queryLanguage]);
    return { queryDefinitions: items.map(shown), nextToken: next };
  },
});

export const deleteQueryDefinition = logsOperation({
  name: 'DeleteQueryDefinition',
  limits: { queryDefinitionId: { min: 0, max: 256 } },
  access: (row) => [row({ action: 'logs:DeleteQueryDefinition', on: anything })],
  handle: async ({ queryDefinitionId: id }, { account, region }, { queryDefinitions }) => {
    const key = definitionKey({ account, region, id });
    if (!queryDefinitions.find(key)) throw noDefinition();
    await queryDefinitions.delete(key);
    return { success: true };
  },
});
