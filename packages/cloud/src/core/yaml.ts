import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Pair,
  type ParsedNode,
  Parser,
} from 'yaml';
import { DOCUMENT_BUDGET, type DocumentBudget } from './document-budget.js';

/** YAML that is not well-formed, or more than its reader takes. */
export class YamlError extends Error {
  /**
   * @param place where it is wrong, counted from 1; undefined where it is the document as a whole
   */
  constructor(
    message: string,
    readonly place?: { readonly line: number; readonly column: number },
  ) {
    super(message);
  }
}

/** An alias (`*name`) where none may be. */
export class YamlAliasError extends YamlError {}

export interface YamlOptions {
  /** True if aliases stand for what their anchors name, or are refused with a YamlAliasError. */
  readonly aliases: 'follow' | 'refuse';
  /** Makes the value of a node with a tag of its own, such as `!Sub`. @default the value without the tag */
  readonly tagged?: (tag: string, value: unknown) => unknown;
  /** @default DOCUMENT_BUDGET */
  readonly budget?: DocumentBudget;
}

/** Marks, line ends and blanks of one value. */
const LEXEMES_PER_VALUE = 10;

/** The one document of a text. Depth is counted before nodes are made of it: the library makes them by recursion. */
function compose(text: string, { depth, values }: DocumentBudget): Document.Parsed {
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    lexemes++;
    if (lexemes > values * LEXEMES_PER_VALUE) throw new YamlError(`it has more than ${values} values`);
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > depth) throw new YamlError(`it has more than ${depth} structures within each other`);
  }
  for (const token of parser.end()) tokens.push(token);
  // The library looks for a key among all others of its map, one by one; `Reader` keeps a set.
  const composer = new Composer({ logLevel: 'silent', uniqueKeys: false });
  let document: Document.Parsed | undefined;
  for (const next of composer.compose(tokens, true, text.length)) {
    if (document) throw new YamlError('it has several documents');
    document = next;
  }
  const [error] = document?.errors ?? [];
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new YamlError(error.message, { line, column: col });
  }
  if (!document) throw new YamlError('it has no document');
  return document;
}

/** Makes values of nodes. */
class Reader {
  readonly #anchors = new Map<string, unknown>();
  readonly #options: YamlOptions;
  readonly #budget: DocumentBudget;
  #values = 0;

  constructor(options: YamlOptions, budget: DocumentBudget) {
    this.#options = options;
    this.#budget = budget;
  }

  read(node: unknown, depth = 0): unknown {
    this.#values++;
    if (this.#values > this.#budget.values) throw new YamlError(`it has more than ${this.#budget.values} values`);
    if (depth > this.#budget.depth) {
      throw new YamlError(`it has more than ${this.#budget.depth} structures within each other`);
    }
    if (node === null || node === undefined) return null;
    if (isAlias(node)) {
      if (this.#options.aliases === 'refuse') throw new YamlAliasError(`it has the alias ${node.source}`);
      const target = this.#anchors.get(node.source);
      if (!target) throw new YamlError(`the alias ${node.source} is not defined`);
      return this.read(target, depth + 1);
    }
    const { anchor } = node as ParsedNode;
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    const value = this.#plain(node, depth);
    const { tag } = node as ParsedNode;
    return tag?.startsWith('!') && tag !== '!' && this.#options.tagged ? this.#options.tagged(tag, value) : value;
  }

  #plain(node: unknown, depth: number): unknown {
    if (isScalar(node)) {
      const { value } = node;
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    }
    if (isSeq(node)) return node.items.map((item) => this.read(item, depth + 1));
    if (isMap(node)) return this.#map(node.items, depth);
    throw new YamlError('it has a structure that is neither a map nor a list');
  }

  /** Without a prototype's keys in its way. */
  #map(items: readonly Pair[], depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = Object.create(null);
    for (const { key, value } of items) {
      const name = isScalar(key) ? key.value : key;
      if (typeof name === 'object' && name !== null) throw new YamlError('a map key is not a string');
      const text = String(name);
      if (Object.hasOwn(map, text)) throw new YamlError(`the key ${text} stands twice in a map`);
      map[text] = this.read(value, depth + 1);
    }
    return map;
  }
}

/**
 * Reads YAML that somebody else wrote: the one reader of YAML in the cloud. Maps have no prototype.
 *
 * @throws YamlError, YamlAliasError
 */
export function readYaml(text: string, options: YamlOptions): unknown {
  const budget = options.budget ?? DOCUMENT_BUDGET;
  return new Reader(options, budget).read(compose(text, budget).contents);
}
