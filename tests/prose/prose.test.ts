import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { root } from '../processes/commands.js';
import { COMMENT_STARTS, PHRASES, type Phrase } from './phrases.js';

interface Passage {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const OTHERS = /(?:^|\/)(?:node_modules|dist|fixtures|cdk\.out|\.[^/]+)(?:\/|$)/;

function filesBelow(folder: string, extension: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => extension.test(file) && !OTHERS.test(file));
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The lines of a page, without its code. */
function linesOf(file: string): readonly Passage[] {
  let inCode = false;
  return read(file)
    .split('\n')
    .flatMap((text, index) => {
      if (text.startsWith('```')) inCode = !inCode;
      return inCode ? [] : [{ file, line: index + 1, text }];
    });
}

/** The comments and the texts with blanks of a source file. */
function passagesOf(file: string): { readonly comments: readonly Passage[]; readonly texts: readonly Passage[] } {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const comments = new Map<number, Passage>();
  const texts: Passage[] = [];
  const passage = (start: number, text: string): Passage => ({
    file,
    line: source.getLineAndCharacterOfPosition(start).line + 1,
    text: text.replace(/\s*\n\s*\*?\s*/g, ' '),
  });
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of ts.getLeadingCommentRanges(source.text, node.pos) ?? [])
      comments.set(pos, passage(pos, source.text.slice(pos, end)));
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
      const text = node.getText(source);
      if (/\S \S+ \S/.test(text)) texts.push(passage(node.getStart(source), text));
    }
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return { comments: [...comments.values()], texts };
}

function complaints(passages: readonly Passage[], phrases: readonly Phrase[]): readonly string[] {
  return passages.flatMap(({ file, line, text }) =>
    phrases
      .filter(({ pattern }) => pattern.test(text))
      .map(({ pattern, instead }) => `${relative('.', file)}:${line}: ${pattern.exec(text)?.[0]}; write ${instead}`),
  );
}

/** A comment without its delimiters. */
const bare = ({ text, ...where }: Passage): Passage => ({
  ...where,
  text: text.replace(/^(?:\/\*+|\/\/)\s*/, ''),
});

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].concat(
  filesBelow('docs', /\.md$/),
  filesBelow('packages', /README\.md$/),
  filesBelow('tests', /README\.md$/),
  filesBelow('benchmarks', /README\.md$/),
);
const sources = ['build', 'cloud', 'cdk', 'cli', 'create-goblet', 'goblet'].flatMap((name) =>
  filesBelow(`packages/${name}`, /\.(?:ts|js)$/).filter((file) => !/\.test\.ts$|\/tests\//.test(file)),
);

describe('plain English', () => {
  test('is the language of the docs', () => {
    expect(pages.length).toBeGreaterThan(40);
    expect(complaints(pages.flatMap(linesOf), PHRASES)).toEqual([]);
  });

  test('is the language of comments and messages', () => {
    expect(sources.length).toBeGreaterThan(100);
    const found = sources.map(passagesOf);
    const comments = found.flatMap((passages) => passages.comments.map(bare));
    const texts = found.flatMap((passages) => passages.texts);
    expect(complaints([...comments, ...texts], PHRASES)).toEqual([]);
    expect(complaints(comments, COMMENT_STARTS)).toEqual([]);
  });

  test.each([
    ['the key `Authorization` unless told', PHRASES],
    ['What a function answers', COMMENT_STARTS],
  ])('is not: %s', (text, phrases) => {
    expect(complaints([{ file: 'a.ts', line: 1, text }], phrases)).toHaveLength(1);
  });
});
