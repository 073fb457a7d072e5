import { ConditionChecks, type ExpressionContext } from './condition-checks.js';
import { syntaxErrorAt, type Token, tokensOf } from './expression-tokens.js';

/** A parsed expression for the checks of inputs: nested and top-level attributes beside the tree. */
interface Parsed {
  readonly expression: unknown;
  readonly nestedPaths: Readonly<Record<string, boolean>>;
  readonly pathHeads: Readonly<Record<string, boolean>>;
}

/** A piece of the tree, in the shape that `condition.ts` evaluates, and what the grammar must know of it. */
interface Piece {
  readonly node: unknown;
  /** A path, a value or a function: not yet a condition. */
  readonly isOperand: boolean;
  readonly inParentheses: boolean;
}

const COMPARATORS = new Set(['=', '<>', '<', '<=', '>', '>=']);

/**
 * Reads a condition, filter or key condition expression. The grammar is that of "Condition and filter expressions,
 * operators, and functions"; one look ahead is enough, so that nesting costs nothing.
 * @returns the tree, or AWS's sentence about what is wrong with it
 * @throws ExpressionSyntaxError
 */
export function parseCondition(expression: string, context: ExpressionContext): Parsed | string {
  const parser = new ConditionParser(expression, context);
  return parser.parse();
}

class ConditionParser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  readonly #checks: ConditionChecks;
  #place = 0;

  constructor(expression: string, context: ExpressionContext) {
    this.#expression = expression;
    this.#tokens = tokensOf(expression);
    this.#checks = new ConditionChecks(context);
  }

  parse(): Parsed | string {
    const { node } = this.#condition(this.#or());
    if (this.#token.kind !== 'end') throw this.#error();
    this.#checks.notSizeAlone(node);
    return (
      this.#checks.failure() ?? {
        expression: node,
        nestedPaths: this.#checks.nestedPaths,
        pathHeads: this.#checks.pathHeads,
      }
    );
  }

  get #token(): Token {
    const token = this.#tokens[this.#place];
    if (!token) throw this.#error();
    return token;
  }

  #error(place = this.#place) {
    return syntaxErrorAt(this.#expression, this.#tokens, place);
  }

  #isWord(word: string): boolean {
    const { kind, text } = this.#token;
    return kind === 'name' && text.toUpperCase() === word;
  }

  #isSymbol(symbol: string): boolean {
    const { kind, text } = this.#token;
    return kind === 'symbol' && text === symbol;
  }

  #take(symbol: string): void {
    if (!this.#isSymbol(symbol)) throw this.#error();
    this.#place++;
  }

  /** Only a function is an operand and a condition as well. */
  #condition(piece: Piece): Piece {
    if (piece.isOperand && !isFunction(piece.node)) throw this.#error();
    return piece;
  }

  #or(): Piece {
    let left = this.#and();
    while (this.#isWord('OR')) {
      left = this.#join('or', left, () => this.#and());
    }
    return left;
  }

  #and(): Piece {
    let left = this.#not();
    while (this.#isWord('AND')) {
      left = this.#join('and', left, () => this.#not());
    }
    return left;
  }

  #join(type: 'and' | 'or', left: Piece, right: () => Piece): Piece {
    const first = this.#condition(left).node;
    this.#place++;
    const second = this.#condition(right()).node;
    this.#checks.notSizeAlone(first);
    this.#checks.notSizeAlone(second);
    return { node: { type, args: [first, second] }, isOperand: false, inParentheses: false };
  }

  #not(): Piece {
    if (!this.#isWord('NOT')) return this.#comparison();
    this.#place++;
    const { node } = this.#condition(this.#not());
    this.#checks.notSizeAlone(node);
    return { node: { type: 'not', args: [node] }, isOperand: false, inParentheses: false };
  }

  #comparison(): Piece {
    const piece = this.#isSymbol('(') ? this.#parenthesized() : this.#operand();
    if (!piece.isOperand) return piece;
    const node = this.#comparisonOf(piece.node);
    if (node !== undefined) {
      this.#checks.conditionEnds();
      return { node, isOperand: false, inParentheses: false };
    }
    if (isFunction(piece.node)) this.#checks.conditionEnds();
    return piece;
  }

  /** The comparison that begins with an operand, where one follows. */
  #comparisonOf(left: unknown): object | undefined {
    const { kind, text } = this.#token;
    if (kind === 'symbol' && COMPARATORS.has(text)) {
      this.#place++;
      const args = [left, this.#onlyOperand()];
      this.#checks.noFunctionsBut(args);
      this.#checks.distinct(text, args);
      return { type: text, args };
    }
    if (this.#isWord('BETWEEN')) {
      this.#place++;
      const low = this.#onlyOperand();
      if (!this.#isWord('AND')) throw this.#error();
      this.#place++;
      const args = [left, low, this.#onlyOperand()];
      this.#checks.noFunctionsBut(args);
      this.#checks.bounds(args[1], args[2]);
      return { type: 'between', args };
    }
    if (this.#isWord('IN')) {
      this.#place++;
      const members = this.#list();
      this.#checks.membership(members);
      const args = [left, ...members];
      this.#checks.noFunctionsBut(args);
      return { type: 'in', args };
    }
    return undefined;
  }

  #list(): unknown[] {
    this.#take('(');
    const operands = [this.#onlyOperand()];
    while (this.#isSymbol(',')) {
      this.#place++;
      operands.push(this.#onlyOperand());
    }
    this.#take(')');
    return operands;
  }

  #parenthesized(): Piece {
    this.#take('(');
    const inner = this.#or();
    if (inner.isOperand && !this.#isSymbol(')')) throw this.#error();
    this.#take(')');
    if (inner.inParentheses) this.#checks.redundantParentheses();
    return { ...inner, inParentheses: true };
  }

  /** An operand where no condition can be. */
  #onlyOperand(): unknown {
    const place = this.#place;
    const piece = this.#isSymbol('(') ? this.#parenthesized() : this.#operand();
    if (!piece.isOperand) throw this.#error(place);
    return piece.node;
  }

  #operand(): Piece {
    const { kind, text } = this.#token;
    if (kind === 'value') {
      this.#place++;
      return { node: this.#checks.value(text), isOperand: true, inParentheses: false };
    }
    if (kind === 'name' && this.#tokens[this.#place + 1]?.text === '(') {
      this.#place++;
      const args = this.#list();
      this.#checks.noFunctionsBut(args);
      const attrType = this.#checks.call(text, args);
      return { node: { type: 'function', name: text, args, attrType }, isOperand: true, inParentheses: false };
    }
    return { node: this.#path(), isOperand: true, inParentheses: false };
  }

  #path(): (string | number)[] {
    const path: (string | number)[] = [this.#step()];
    for (;;) {
      if (this.#isSymbol('.')) {
        this.#place++;
        path.push(this.#step());
      } else if (this.#isSymbol('[')) {
        this.#place++;
        const { kind, text } = this.#token;
        if (kind !== 'number') throw this.#error();
        this.#place++;
        this.#take(']');
        path.push(Number(text));
      } else {
        return this.#checks.path(path);
      }
    }
  }

  #step(): string {
    const { kind, text } = this.#token;
    const isKeyword = kind === 'name' && ['AND', 'OR', 'NOT', 'BETWEEN', 'IN'].includes(text.toUpperCase());
    if ((kind !== 'name' && kind !== 'placeholder') || isKeyword) throw this.#error();
    this.#place++;
    return kind === 'placeholder' ? this.#checks.placeholder(text) : this.#checks.name(text);
  }
}

function isFunction(node: unknown): boolean {
  return typeof node === 'object' && node !== null && 'type' in node && node.type === 'function';
}
