import { expect, test } from 'vitest';
import { parseTemplateText } from './parse-text.js';

const parse = (text: string): unknown => JSON.parse(JSON.stringify(parseTemplateText(text)));

test('JSON is read as it stands', () => {
  expect(parse('\n {"Resources":{"A":{"Type":"T"}}}')).toEqual({ Resources: { A: { Type: 'T' } } });
});

test('the short forms of YAML become the long ones', () => {
  const text = `
A: !Ref Table
B: !GetAtt Table.Stream.Arn
C: !Sub 'x-\${AWS::Region}'
D: !Join ['', [a, !Ref B]]
E: !If [Cond, !Ref "AWS::NoValue", 1]
F: !Not [!Condition Other]
G: !FindInMap [M, !Ref R, k]
`;
  expect(parse(text)).toEqual({
    A: { Ref: 'Table' },
    B: { 'Fn::GetAtt': ['Table', 'Stream.Arn'] },
    C: { 'Fn::Sub': 'x-${AWS::Region}' },
    D: { 'Fn::Join': ['', ['a', { Ref: 'B' }]] },
    E: { 'Fn::If': ['Cond', { Ref: 'AWS::NoValue' }, 1] },
    F: { 'Fn::Not': [{ Condition: 'Other' }] },
    G: { 'Fn::FindInMap': ['M', { Ref: 'R' }, 'k'] },
  });
});

test('dates stay text, block text keeps its lines', () => {
  expect(parse('V: 2012-10-17\nT: |\n  a\n  b\n')).toEqual({ V: '2012-10-17', T: 'a\nb\n' });
});

test('aliases are refused as CloudFormation refuses them', () => {
  expect(() => parse('X: &x {k: 1}\nY: *x')).toThrow(
    'Template error: YAML aliases are not allowed in CloudFormation templates',
  );
  expect(parse('X: &x {k: 1}')).toEqual({ X: { k: 1 } });
});

test.each(['- '.repeat(25_000), `{"a":${'['.repeat(25_000)}`])('a template of endless depth is refused', (text) => {
  expect(() => parse(text)).toThrow(/^Template format error: it has more than 200 structures within each other/);
});

test('a key named __proto__ is a key', () => {
  const value = parseTemplateText('__proto__: {a: 1}');
  expect(Object.keys(value as object)).toEqual(['__proto__']);
});

test('text that is neither says where it went wrong', () => {
  expect(() => parseTemplateText('{"a": ')).toThrow(/^Template format error: JSON not well-formed\./);
  expect(() => parseTemplateText('a: [1\nb: 2')).toThrow(
    /^Template format error: YAML not well-formed\. \(line \d+, column \d+\)$/,
  );
});
