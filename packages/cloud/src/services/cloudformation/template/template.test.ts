import { describe, expect, test } from 'vitest';
import { parseTemplate } from './template.js';

const resources = { A: { Type: 'AWS::X::Y' } };

describe('malformed templates are refused', () => {
  test.each<[object, string]>([
    [{}, 'Template format error: At least one Resources member must be defined.'],
    [{ Resources: resources, Foo: 1 }, 'Invalid template property or properties [Foo]'],
    [
      { Resources: { A: {} } },
      'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
    ],
    [{ Resources: { 'a-b': { Type: 'T' } } }, 'Template format error: Resource name a-b is non alphanumeric.'],
    [{ Resources: { A: { Type: 'T', Propertys: {} } } }, "Invalid template resource property 'Propertys'"],
    [
      { Resources: { A: { Type: 'T', DeletionPolicy: 'Keep' } } },
      'Template format error: Unrecognized DeletionPolicy "Keep" [/Resources/A]',
    ],
    [
      { Resources: resources, Transform: 'AWS::Serverless-2016-10-31' },
      'Transform AWS::Serverless-2016-10-31 is not supported by this cloud',
    ],
    [
      { Resources: resources, AWSTemplateFormatVersion: '2011-01-01' },
      'Template format error: unsupported value for AWSTemplateFormatVersion.',
    ],
    [
      { Resources: resources, Outputs: { O: {} } },
      'Template format error: Output O is malformed. The Value field is required',
    ],
    [
      { Resources: resources, Parameters: { P: {} } },
      'Template format error: [/Parameters/P] Every Parameters object must contain a Type member.',
    ],
  ])('%j', (template, message) => {
    expect(() => parseTemplate(JSON.stringify(template))).toThrow(message);
  });
});

test('more than 500 resources are refused', () => {
  const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`R${i}`, { Type: 'T' }]));
  expect(() => parseTemplate(JSON.stringify({ Resources: many }))).toThrow(
    'Template format error: Number of resources, 501, is greater than maximum allowed, 500',
  );
});
