import { describe, expect, it } from 'vitest';
import { compileTemplate, forMediaType, velocityIn } from './template.js';

const variables = (name: string) => ({ 'context.requestId': 'r1', 'stageVariables.a-b': 7 })[name];

describe('compileTemplate', () => {
  it('fills in variables with and without braces, and leaves the braces of JSON', () => {
    const template = compileTemplate('{"id":$context.requestId,"n":${stageVariables.a-b},"last":$context.requestId}');
    expect(template(variables)).toBe('{"id":r1,"n":7,"last":r1}');
  });

  it('leaves unknown variables empty and other dollars alone', () => {
    expect(compileTemplate('[$context.nothing] $5 $input2')(variables)).toBe('[] $5 $input2');
  });
});

describe('velocityIn', () => {
  it.each([
    '#set($a = 1)',
    'inline #foreach($a in $b)',
    '  #if($a)x#end',
    '$input.body',
    '$util.escapeJavaScript("a")',
    '$!{input.json("$")}',
  ])('finds %s', (text) => {
    expect(velocityIn(`{}\n${text}`)).toBeDefined();
  });

  it('finds nothing in text with variables', () => {
    expect(velocityIn('{"statusCode": 200, "colour": "#fff", "id": "$context.requestId"}')).toBeUndefined();
  });
});

describe('forMediaType', () => {
  it('takes application/json where no type is sent, and $default where none fits', () => {
    const templates = { 'application/json': 'json', $default: 'rest' };
    expect(forMediaType(templates, undefined)).toBe('json');
    expect(forMediaType(templates, 'Application/JSON; charset=utf-8')).toBe('json');
    expect(forMediaType(templates, 'text/plain')).toBe('rest');
  });
});
