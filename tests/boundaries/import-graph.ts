import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';

export const root = join(import.meta.dirname, '..', '..');

/** One import of a module, by whatever form of it. */
export interface Import {
  /** The file that imports. */
  readonly file: string;
  readonly specifier: string;
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
}

export const packages = readdirSync(join(root, 'packages')).filter((name) =>
  existsSync(join(root, 'packages', name, 'src')),
);

/** The modules of a package's `src`, its tests and their fixtures left out. */
export function modulesOf(name: string): string[] {
  const folder = join(root, 'packages', name, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.split(sep).includes('fixtures'))
    .map((file) => join(folder, file));
}

/** Those of them that ship: a folder `tests` does not. */
export const sourcesOf = (name: string): string[] =>
  modulesOf(name).filter((file) => !file.split(sep).includes('tests'));

const parsed = new Map<string, ts.SourceFile>();

/** The syntax tree of a file. */
export function parse(file: string): ts.SourceFile {
  const known = parsed.get(file) ?? ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  parsed.set(file, known);
  return known;
}

/** `import { type T } from` is not one of these: `verbatimModuleSyntax` leaves the import itself. */
const isTypeOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean =>
  ts.isExportDeclaration(node) ? node.isTypeOnly : (node.importClause?.isTypeOnly ?? false);

/** The arguments of `import()` and `require()`, and the modules of `import('…').Type`. */
function importedBy(
  node: ts.Node,
): { readonly specifier: ts.Node | undefined; readonly typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node) || (ts.isExportDeclaration(node) && node.moduleSpecifier))
    return { specifier: node.moduleSpecifier, typeOnly: isTypeOnly(node) };
  if (ts.isImportTypeNode(node))
    return { specifier: ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, typeOnly: true };
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const isRequire = ts.isIdentifier(expression) && expression.text === 'require';
  if (expression.kind !== ts.SyntaxKind.ImportKeyword && !isRequire) return undefined;
  return { specifier: node.arguments[0], typeOnly: false };
}

/** Every import of a file, types included. */
export function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const imported = importedBy(node);
    if (imported?.specifier && ts.isStringLiteralLike(imported.specifier))
      found.push({ file, specifier: imported.specifier.text, typeOnly: imported.typeOnly });
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return found;
}

/** The source that a specifier means; `undefined` for a package, or a file that is no source. */
function target({ file, specifier }: Import, files: ReadonlySet<string>, folder: string): string | undefined {
  // The `imports` of package.json, which `goblet` has for the parts that a bundle may do without.
  if (specifier.startsWith('#')) return join(folder, 'src', `${specifier.slice(1)}.ts`);
  if (!specifier.startsWith('.')) return undefined;
  const path = join(file, '..', specifier).replace(/\.js$/, '.ts');
  return files.has(path) ? path : undefined;
}

/** The modules of a package that each of its modules imports. */
export function graphOf(name: string): Map<string, Set<string>> {
  const files = new Set(sourcesOf(name));
  const folder = join(root, 'packages', name);
  return new Map(
    [...files].map(
      (file) => [file, new Set(importsOf(file).flatMap((one) => target(one, files, folder) ?? []))] as const,
    ),
  );
}

/** The modules that reach one another, a list for each circle (Tarjan's strongly connected components). */
export function circlesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (module: string): number => {
    const at = index.size;
    index.set(module, at);
    let low = at;
    stack.push(module);
    for (const next of graph.get(module) ?? [])
      if (!index.has(next)) low = Math.min(low, visit(next));
      else if (stack.includes(next)) low = Math.min(low, index.get(next) ?? at);
    lowest.set(module, low);
    if (low === at) {
      const circle = stack.splice(stack.indexOf(module));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const module of graph.keys()) if (!index.has(module)) visit(module);
  return circles;
}

/** Every text in a file; a module that runs in a process or thread of its own is named by one. */
function textsOf(file: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return texts;
}

const fromDist = (folder: string, path: string): string =>
  join(folder, path.replace(/^(\.\/|\.\.\/)?dist\//, 'src/').replace(/\.(d\.ts|js)$/, '.ts'));

/** The modules that are not imported to be run: the faces and commands of a package, and what its scripts read. */
function entriesOf(name: string): string[] {
  const folder = join(root, 'packages', name);
  const outside = ['package.json', ...['bin', 'scripts'].flatMap((sub) => scriptsIn(folder, sub))];
  const texts = outside.map((file) => readFileSync(join(folder, file), 'utf8'));
  return texts.flatMap((text) =>
    [...text.matchAll(/["'](?:\.\.?\/)?(dist\/[^"'*]+)["']/g)].map(([, path = '']) => fromDist(folder, path)),
  );
}

function scriptsIn(folder: string, sub: string): string[] {
  if (!existsSync(join(folder, sub))) return [];
  return readdirSync(join(folder, sub))
    .filter((file) => file.endsWith('.js'))
    .map((file) => join(sub, file));
}

/** The modules of a package that nothing which ships reaches. */
export function unreachedIn(name: string): string[] {
  const graph = graphOf(name);
  const reached = new Set<string>();
  const reach = (module: string): void => {
    if (reached.has(module) || !graph.has(module)) return;
    reached.add(module);
    for (const next of graph.get(module) ?? []) reach(next);
    for (const text of textsOf(module))
      if (/^[\w./-]+\.js$/.test(text))
        reach(
          join(module, '..', text)
            .replace(/\/dist\//, '/src/')
            .replace(/\.js$/, '.ts'),
        );
  };
  for (const entry of entriesOf(name)) reach(entry);
  return [...graph.keys()].filter((module) => !reached.has(module));
}
