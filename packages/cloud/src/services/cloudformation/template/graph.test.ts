import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkReferences } from './check-references.js';
import { conditionLookup } from './conditions.js';
import { dependencyGraph, findCircle, type Graph, reversed } from './graph.js';
import { parseTemplate, type Template } from './template.js';

const template = (parts: object): Template => parseTemplate(JSON.stringify(parts));
const resource = (properties: unknown = {}, more: object = {}): object => ({
  Type: 'AWS::X::Y',
  Properties: properties,
  ...more,
});
const edges = (graph: Graph): Record<string, string[]> =>
  Object.fromEntries([...graph].map(([id, needs]) => [id, [...needs].sort()]));

test('a resource needs what it refers to and what it depends on, through every function', () => {
  const graph = dependencyGraph(
    template({
      Parameters: { P: { Type: 'String' } },
      Resources: {
        A: resource(),
        B: resource({ x: { Ref: 'A' }, p: { Ref: 'P' } }),
        C: resource({ x: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['B', 'Arn'] }]] } }, { DependsOn: 'A' }),
        D: resource({ x: { 'Fn::Sub': ['${C.Arn}${v}', { v: { Ref: 'B' } }] } }),
      },
    }),
    () => true,
  );
  expect(edges(graph)).toEqual({ A: [], B: ['A'], C: ['A', 'B'], D: ['B', 'C'] });
});

test('a resource whose condition does not hold is not there, nor is the other branch of an If', () => {
  const parsed = template({
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: {
      A: resource({}, { Condition: 'Never' }),
      B: resource({ x: { 'Fn::If': ['Never', { Ref: 'A' }, 'else'] } }, { DependsOn: ['A'] }),
    },
  });
  const condition = conditionLookup(parsed.conditions, { values: new Map(), mappings: {} });
  expect(edges(dependencyGraph(parsed, condition))).toEqual({ B: [] });
});

test('a circle is refused and names its members alone', () => {
  const parsed = template({
    Resources: {
      A: resource({ x: { Ref: 'B' } }),
      B: resource({ x: { Ref: 'A' } }),
      C: resource({ x: { Ref: 'A' } }),
      D: resource(),
    },
  });
  expect(() => dependencyGraph(parsed, () => true)).toThrow('Circular dependency between resources: [A, B]');
});

describe('references that lead nowhere', () => {
  test.each<[string, object, string]>([
    [
      'Ref',
      { Resources: { A: resource({ x: { Ref: 'Nope' } }) } },
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [
      'DependsOn',
      { Resources: { A: resource({}, { DependsOn: ['Nope'] }) } },
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [
      'GetAtt',
      { Resources: { A: resource({ x: { 'Fn::GetAtt': ['Nope', 'Arn'] } }) } },
      'Template error: instance of Fn::GetAtt references undefined resource Nope',
    ],
    [
      'Outputs',
      { Resources: { A: resource() }, Outputs: { O: { Value: { Ref: 'Nope' } } } },
      'Template format error: Unresolved resource dependencies [Nope] in the Outputs block of the template',
    ],
    [
      'If',
      { Resources: { A: resource({ x: { 'Fn::If': ['Nope', 1, 2] } }) } },
      'Template error: unresolved condition dependency Nope in Fn::If',
    ],
  ])('%s', (_name, parts, message) => {
    expect(() => checkReferences(template(parts))).toThrow(message);
  });
});

const graphs = fc
  .array(fc.array(fc.nat({ max: 7 }), { maxLength: 3 }), { maxLength: 8 })
  .map(
    (lists): Graph =>
      new Map(lists.map((needs, i) => [`${i}`, new Set(needs.filter((n) => n < lists.length).map(String))])),
  );

test('a circle is found exactly where no order exists', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const done = new Set<string>();
      for (let i = 0; i < graph.size; i++) {
        for (const [id, needs] of graph) if ([...needs].every((need) => done.has(need))) done.add(id);
      }
      expect(findCircle(graph).length > 0).toBe(done.size < graph.size);
    }),
  );
});

test('reversing twice gives the graph back', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      expect(edges(reversed(reversed(graph)))).toEqual(edges(graph));
    }),
  );
});
