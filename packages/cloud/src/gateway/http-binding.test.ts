import { expect, test } from 'vitest';
import { createRouter } from './http-binding.js';

const route = createRouter([
  ['ListFunctions', { method: 'GET', path: '/2015-03-31/functions/' }],
  ['GetFunction', { method: 'GET', path: '/2015-03-31/functions/{FunctionName}' }],
  ['GetAccount', { method: 'GET', path: '/2015-03-31/functions/account' }],
  ['UpdateCode', { method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/code' }],
  ['Import', { method: 'POST', path: '/restapis?mode=import' }],
  ['Create', { method: 'POST', path: '/restapis' }],
  ['Greedy', { method: 'GET', path: '/tags/{ResourceArn+}' }],
  ['GreedyMiddle', { method: 'GET', path: '/a/{Rest+}/end' }],
]);

const find = (method: string, path: string, query = '') => route(method, path, new URLSearchParams(query));

test.each([
  ['GET', '/2015-03-31/functions', '', 'ListFunctions', {}],
  ['GET', '/2015-03-31/functions/', '', 'ListFunctions', {}],
  ['GET', '/2015-03-31/functions/account', '', 'GetAccount', {}],
  ['GET', '/2015-03-31/functions/a%2Fb%3A1', '', 'GetFunction', { FunctionName: 'a/b:1' }],
  ['PUT', '/2015-03-31/functions/f/code', '', 'UpdateCode', { FunctionName: 'f' }],
  ['POST', '/restapis', 'mode=import', 'Import', {}],
  ['POST', '/restapis', '', 'Create', {}],
  ['GET', '/tags/arn%3Aaws/x/y', '', 'Greedy', { ResourceArn: 'arn:aws/x/y' }],
  ['GET', '/a/b/c/end', '', 'GreedyMiddle', { Rest: 'b/c' }],
])('%s %s?%s is %s', (method, path, query, operation, labels) => {
  expect(find(method, path, query)).toEqual({ operation, labels });
});

test.each([
  ['DELETE', '/restapis'],
  ['GET', '/2015-03-31/functions/%E0'],
  ['GET', '/2015-03-31'],
  ['GET', '/'],
  ['PUT', '/2015-03-31/functions//code'],
])('%s %s is no operation', (method, path) => {
  expect(find(method, path)).toBeUndefined();
});
