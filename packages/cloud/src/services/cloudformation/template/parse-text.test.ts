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

test('dates stay text, block text keeps its lines, aliases are followed', () => {
  expect(parse('V: 2012-10-17\nT: |\n  a\n  b\nX: &x {k: 1}\nY: *x')).toEqual({
    V: '2012-10-17',
    T: 'a\nb\n',
    X: { k: 1 },
    Y: { k: 1 },
  });
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
