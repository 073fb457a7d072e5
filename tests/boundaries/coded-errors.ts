import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { parse, root, sourcesOf } from './import-graph.js';

/** The classes of coded errors, by package: each is constructed with an entry of the package's catalogue. */
export const CODED: Readonly<Record<string, readonly string[]>> = {
  build: ['BuildError'],
  cdk: ['GobletError'],
  cli: ['CliError'],
  cloud: ['CloudError'],
  'create-goblet': ['CreateError'],
  goblet: ['DeclarationError'],
};

const isInCatalogue = (name: string, file: string): boolean =>
  relative(join(root, 'packages', name, 'src'), file).split(sep)[0] === 'errors';

/** The modules of a package's catalogue. */
export const catalogueModules = (name: string): string[] => sourcesOf(name).filter((file) => isInCatalogue(name, file));

/** The modules that throw what it has. */
export const otherModules = (name: string): string[] => sourcesOf(name).filter((file) => !isInCatalogue(name, file));

/** The names that a module imports of the catalogue. */
export function entriesUsedIn(name: string, file: string): string[] {
  return parse(file).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    if (!isInCatalogue(name, join(file, '..', statement.moduleSpecifier.text))) return [];
    const named = statement.importClause?.namedBindings;
    return named && ts.isNamedImports(named) ? named.elements.map((element) => element.name.text) : [];
  });
}

/** The functions and constants that a module exports. */
export function exportsOf(file: string): string[] {
  return parse(file).statements.flatMap((statement) => {
    if (!ts.canHaveModifiers(statement)) return [];
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : [];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
  });
}

const textOf = (node: ts.Node): string => (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : '');

function eachNode(file: string, see: (node: ts.Node) => void): void {
  const visit = (node: ts.Node): void => {
    see(node);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
}

/** The codes of the messages in a module: `'GOBLET_PATH'`, or the start of `'GOBLET_PATH: …'`. */
export function codesGivenIn(file: string): string[] {
  const found: string[] = [];
  eachNode(file, (node) => {
    const [, code] = /^(GOBLET_[A-Z_]*[A-Z])(?:: |$)/.exec(textOf(node)) ?? [];
    if (code !== undefined) found.push(code);
  });
  return found;
}

/**
 * The places of a module that word a coded error themselves: `packages/build/src/entry.ts:42`. The module of a class may
 * rebuild an error that another process sent.
 * @param classes those whose errors have codes
 */
export function wordedIn(name: string, file: string, classes: readonly string[]): string[] {
  const entries = new Set(entriesUsedIn(name, file));
  const tree = parse(file);
  const own = tree.statements.flatMap((one) => (ts.isClassDeclaration(one) ? [one.name?.text] : []));
  const isEntry = (node: ts.Node | undefined): boolean => {
    if (node === undefined) return false;
    if (ts.isConditionalExpression(node)) return isEntry(node.whenTrue) && isEntry(node.whenFalse);
    return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && entries.has(node.expression.text);
  };
  const isCoded = (node: ts.Expression): boolean =>
    ts.isIdentifier(node) && classes.includes(node.text) && !own.includes(node.text);
  const found: string[] = [];
  eachNode(file, (node) => {
    const isWorded = ts.isNewExpression(node) && isCoded(node.expression) && !isEntry(node.arguments?.[0]);
    if (!isWorded && !/^GOBLET_[A-Z_]+: /.test(textOf(node))) return;
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    found.push(`${relative(root, file)}:${line + 1}`);
  });
  return found;
}
