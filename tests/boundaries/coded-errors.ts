import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { parse, root, sourcesOf } from './import-graph.js';

/** The classes of coded errors, by package: each is constructed with an entry of the package's catalogue. */
export const CODED: Readonly<Record<string, string>> = { build: 'BuildError', cli: 'CliError' };

const isInCatalogue = (name: string, file: string): boolean =>
  relative(join(root, 'packages', name, 'src'), file).split(sep)[0] === 'errors';

/** The modules of a package's catalogue. */
export const catalogueOf = (name: string): string[] => sourcesOf(name).filter((file) => isInCatalogue(name, file));

/** The modules that throw what it has. */
export const outsideOf = (name: string): string[] => sourcesOf(name).filter((file) => !isInCatalogue(name, file));

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

function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) return node.text;
  return '';
}

/** The places of a module that word a coded error themselves: `packages/build/src/entry.ts:42`. */
export function wordedIn(name: string, file: string, coded: string): string[] {
  const entries = new Set(entriesUsedIn(name, file));
  const tree = parse(file);
  const isEntry = (node: ts.Node | undefined): boolean => {
    if (node === undefined) return false;
    if (ts.isConditionalExpression(node)) return isEntry(node.whenTrue) && isEntry(node.whenFalse);
    return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && entries.has(node.expression.text);
  };
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isCoded = ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === coded;
    if ((isCoded && !isEntry(node.arguments?.[0])) || /^GOBLET_[A-Z_]+: /.test(textOf(node))) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      found.push(`${relative(root, file)}:${line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** True for the module that declares the class, which may rebuild an error that another process sent. */
export const declares = (file: string, coded: string): boolean =>
  new RegExp(`^export class ${coded}\\b`, 'm').test(readFileSync(file, 'utf8'));
