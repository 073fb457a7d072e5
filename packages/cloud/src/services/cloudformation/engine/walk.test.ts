import { expect, test } from 'vitest';
import type { Graph } from '../template/graph.js';
import { walk } from './walk.js';

const graph: Graph = new Map([
  ['a', new Set<string>()],
  ['b', new Set(['a'])],
  ['c', new Set<string>()],
  ['d', new Set(['c'])],
]);

test('what needs a failed one is left out, the rest goes on where asked', async () => {
  const visited: string[] = [];
  const visit = async (id: string): Promise<boolean> => {
    visited.push(id);
    return id !== 'a';
  };
  expect(await walk(graph, visit, 'continue')).toEqual(['a']);
  expect(visited).toEqual(['a', 'c', 'd']);
});

test('after a failure nothing new is started where asked', async () => {
  const visited: string[] = [];
  const visit = async (id: string): Promise<boolean> => {
    visited.push(id);
    return id !== 'a';
  };
  expect(await walk(graph, visit, 'stop')).toEqual(['a']);
  expect(visited).toEqual(['a', 'c']);
});

test('what a visit throws is thrown when all that runs has ended', async () => {
  const ended: string[] = [];
  const visit = async (id: string): Promise<boolean> => {
    if (id === 'a') throw new Error('broken');
    await new Promise((resolve) => setImmediate(resolve));
    ended.push(id);
    return true;
  };
  await expect(walk(graph, visit, 'continue')).rejects.toThrow('broken');
  expect(ended).toEqual(['c']);
});
