import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', 'packages');
const FACES = [
  'goblet/src/index.ts',
  'goblet/src/lambda.ts',
  'goblet/src/testing.ts',
  'build/src/index.ts',
  'cdk/src/index.ts',
  'cloud/src/index.ts',
];

interface Export {
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly checker: ts.TypeChecker;
}

/** The exports of the faces of all packages, under their own names. */
function exportsOf(faces: readonly string[]): readonly Export[] {
  const files = faces.map((face) => join(root, face));
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${file} exports nothing`);
    return checker.getExportsOfModule(module).map((symbol) => ({
      name: `${file.slice(root.length + 1)} ${symbol.name}`,
      symbol: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      checker,
    }));
  });
}

const exported = exportsOf(FACES);
const names = (found: readonly Export[]) => found.map(({ name }) => name);

test('whatever a package exports has a docstring', () => {
  const without = exported.filter(({ symbol, checker }) => symbol.getDocumentationComment(checker).length === 0);
  expect(names(without)).toEqual([]);
  expect(exported.length).toBeGreaterThan(250);
});

test('every function, class and constant that a package exports has an example', () => {
  const without = exported.filter(
    ({ symbol, checker }) =>
      symbol.flags & ts.SymbolFlags.Value && !symbol.getJsDocTags(checker).some(({ name }) => name === 'example'),
  );
  expect(names(without)).toEqual([]);
});
