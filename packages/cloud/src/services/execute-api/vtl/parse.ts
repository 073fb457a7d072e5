import { parseExpression, parseReference } from './parse-expression.js';
import { Scanner } from './scanner.js';
import type { Block, Branch, Node } from './syntax.js';

/** Directives of Velocity that API Gateway has no use for, and this engine does not run. */
const UNSUPPORTED = /#\{?(?:macro|include|parse|evaluate)\b/y;

type Ending = 'end' | 'else' | 'elseif';

/**
 * Parses a template.
 * @throws TemplateError
 */
export function parseTemplate(text: string): Block {
  return parseBlock(text, 0);
}

function parseBlock(text: string, depth: number): Block {
  const scanner = new Scanner(text, parseBlock, depth);
  const { nodes, ending } = parseNodes(scanner);
  if (ending !== undefined) throw scanner.error(`#${ending} without its beginning`);
  return nodes;
}

function parseNodes(scanner: Scanner): { readonly nodes: Block; readonly ending: Ending | undefined } {
  const nodes: Node[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') nodes.push({ kind: 'text', text });
    text = '';
  };
  while (!scanner.ended) {
    text += scanner.take(/[^$#\\]+/y) ?? '';
    if (scanner.ended) break;
    const escapes = scanner.take(/\\+(?=[$#])/y);
    if (escapes !== undefined) {
      text += '\\'.repeat(Math.floor(escapes.length / 2));
      if (escapes.length % 2 === 1) text += scanner.take(/[$#]/y) ?? '';
      continue;
    }
    if (scanner.take(/##[^\n]*(?:\n|$)/y) !== undefined || scanner.take(/#\*[\s\S]*?(?:\*#|$)/y) !== undefined)
      continue;
    const unparsed = scanner.take(/#\[\[[\s\S]*?\]\]#/y);
    if (unparsed !== undefined) {
      text += unparsed.slice(3, -3);
      continue;
    }
    const reference = parseReference(scanner);
    if (reference) {
      flush();
      nodes.push({ kind: 'reference', reference });
      continue;
    }
    const ending = takeEnding(scanner);
    if (ending !== undefined) {
      flush();
      return { nodes, ending };
    }
    const isSet = scanner.text.startsWith('#set', scanner.at) || scanner.text.startsWith('#{set}', scanner.at);
    const directive = parseDirective(scanner);
    if (directive) {
      // An assignment on a line of its own leaves nothing of the line.
      if (isSet) text = text.replace(/(^|\n)[ \t]+$/, '$1');
      flush();
      nodes.push(directive);
      continue;
    }
    text += scanner.text[scanner.at++] ?? '';
  }
  flush();
  return { nodes, ending: undefined };
}

function takeEnding(scanner: Scanner): Ending | undefined {
  const taken = scanner.take(/#(?:(?:end|else)(?![A-Za-z0-9_])|elseif(?=\s*\()|\{(?:end|else|elseif)\})/y);
  if (taken === undefined) return undefined;
  const name = taken.replace(/[#{}]/g, '');
  if (name !== 'elseif') skipLineEnd(scanner);
  return name === 'end' || name === 'else' ? name : 'elseif';
}

function skipLineEnd(scanner: Scanner): void {
  scanner.take(/[ \t]*\r?\n/y);
}

function parseDirective(scanner: Scanner): Node | undefined {
  if (scanner.take(UNSUPPORTED) !== undefined) throw scanner.error('a directive that is not supported');
  const name = scanner
    .take(/#(?:(?:set|if|foreach|define)(?=\s*\()|\{(?:set|if|foreach|define)\}|(?:stop|break)(?![A-Za-z0-9_]))/y)
    ?.replace(/[#{}]/g, '');
  switch (name) {
    case 'set':
      return parseSet(scanner);
    case 'if':
      return scanner.inside(() => parseIf(scanner));
    case 'foreach':
      return scanner.inside(() => parseForeach(scanner));
    case 'define':
      return scanner.inside(() => parseDefine(scanner));
    case 'stop':
    case 'break':
      skipLineEnd(scanner);
      return { kind: name };
    default:
      return undefined;
  }
}

function open(scanner: Scanner): void {
  scanner.space();
  scanner.expect('(');
  scanner.space();
}

function close(scanner: Scanner): void {
  scanner.space();
  scanner.expect(')');
  skipLineEnd(scanner);
}

function variable(scanner: Scanner): string {
  const reference = parseReference(scanner);
  if (reference === undefined || reference.path.length > 0) throw scanner.error('expected a variable');
  return reference.name;
}

function parseSet(scanner: Scanner): Node {
  open(scanner);
  const target = parseReference(scanner);
  if (target === undefined) throw scanner.error('expected a variable');
  scanner.space();
  scanner.expect('=');
  const value = parseExpression(scanner);
  close(scanner);
  return { kind: 'set', target, value };
}

function parseIf(scanner: Scanner): Node {
  const branches: Branch[] = [];
  for (;;) {
    open(scanner);
    const condition = parseExpression(scanner);
    close(scanner);
    const { nodes, ending } = parseNodes(scanner);
    branches.push({ condition, body: nodes });
    if (ending === 'end') return { kind: 'if', branches, otherwise: [] };
    if (ending === 'else') return { kind: 'if', branches, otherwise: body(scanner) };
    if (ending === undefined) throw scanner.error('expected #end of #if');
  }
}

function parseForeach(scanner: Scanner): Node {
  open(scanner);
  const name = variable(scanner);
  scanner.space();
  if (scanner.take(/in\b/y) === undefined) throw scanner.error('expected in');
  const over = parseExpression(scanner);
  close(scanner);
  return { kind: 'foreach', variable: name, over, body: body(scanner) };
}

function parseDefine(scanner: Scanner): Node {
  open(scanner);
  const name = variable(scanner);
  close(scanner);
  return { kind: 'define', name, body: body(scanner) };
}

/** The nodes up to the directive's `#end`. */
function body(scanner: Scanner): Block {
  const { nodes, ending } = parseNodes(scanner);
  if (ending !== 'end') throw scanner.error('expected #end');
  return nodes;
}
