import { type AttributeType, type AttributeValue, typeOf } from '../items/attribute-value.js';
import { holds } from '../items/compare.js';

/** The context that the expressions of one request share: names and values of placeholders, and those still unused. */
export interface ExpressionContext {
  readonly attrNames?: Readonly<Record<string, string>>;
  readonly attrVals?: Readonly<Record<string, AttributeValue>>;
  readonly unusedAttrNames?: Record<string, boolean>;
  readonly unusedAttrVals?: Record<string, boolean>;
  readonly isReserved: (name: string) => boolean;
}

interface FunctionNode {
  readonly type: 'function';
  readonly name: string;
  readonly attrType: AttributeType | undefined;
}

/** How many operands each function takes. */
const FUNCTIONS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

const MAX_IN_OPERANDS = 100;

const TYPES = ['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M'];

type Kind =
  | 'parentheses'
  | 'unknownFunction'
  | 'misusedFunction'
  | 'reserved'
  | 'condition'
  | 'unresolved'
  | 'operands'
  | 'distinct'
  | 'function';

/** AWS tells one thing that is wrong: the first of the first of these kinds. */
const OF_EXPRESSION: readonly Kind[] = ['parentheses', 'unknownFunction', 'misusedFunction', 'reserved', 'condition'];
const OF_CONDITION: readonly Kind[] = ['unresolved', 'operands', 'distinct', 'function'];

function asFunction(node: unknown): FunctionNode | undefined {
  return typeof node === 'object' && node !== null && 'type' in node && node.type === 'function'
    ? (node as FunctionNode)
    : undefined;
}

/** A literal of the request, where the operand is one. */
function asValue(node: unknown): AttributeValue | undefined {
  if (typeof node !== 'object' || node === null || Array.isArray(node) || 'type' in node) return undefined;
  return node as AttributeValue;
}

function typeOfOperand(node: unknown): AttributeType | undefined {
  const value = asValue(node);
  return value ? typeOf(value) : asFunction(node)?.attrType;
}

const pathText = (path: readonly unknown[]): string =>
  `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;

/** Mistakes in a condition, apart from its syntax. They are collected; which one is reported is decided last. */
export class ConditionChecks {
  readonly nestedPaths: Record<string, boolean> = Object.create(null);
  readonly pathHeads: Record<string, boolean> = Object.create(null);
  readonly #context: ExpressionContext;
  readonly #found = new Map<Kind, string>();

  constructor(context: ExpressionContext) {
    this.#context = context;
  }

  /** AWS's sentence, where something is wrong. */
  failure(): string | undefined {
    return this.#first(OF_EXPRESSION);
  }

  #first(kinds: readonly Kind[]): string | undefined {
    const kind = kinds.find((candidate) => this.#found.has(candidate));
    return kind && this.#found.get(kind);
  }

  #find(kind: Kind, message: string): void {
    if (!this.#found.has(kind)) this.#found.set(kind, message);
  }

  /** A comparison or function ends: what is wrong with it counts before what is wrong with later ones. */
  conditionEnds(): void {
    const message = this.#first(OF_CONDITION);
    if (message !== undefined) this.#find('condition', message);
  }

  redundantParentheses(): void {
    this.#find('parentheses', 'The expression has redundant parentheses;');
  }

  name(text: string): string {
    if (this.#context.isReserved(text)) {
      this.#find('reserved', `Attribute name is a reserved keyword; reserved keyword: ${text}`);
    }
    return text;
  }

  placeholder(text: string): string {
    const name = this.#context.attrNames?.[text];
    if (name === undefined) {
      this.#find(
        'unresolved',
        `An expression attribute name used in the document path is not defined; attribute name: ${text}`,
      );
      return text;
    }
    delete this.#context.unusedAttrNames?.[text];
    return name;
  }

  value(text: string): AttributeValue | undefined {
    const value = this.#context.attrVals?.[text];
    if (!value) {
      this.#find(
        'unresolved',
        `An expression attribute value used in expression is not defined; attribute value: ${text}`,
      );
    } else {
      delete this.#context.unusedAttrVals?.[text];
    }
    return value;
  }

  path(path: (string | number)[]): (string | number)[] {
    const head = String(path[0]);
    if (path.length > 1) this.nestedPaths[head] = true;
    this.pathHeads[head] = true;
    return path;
  }

  notSizeAlone(node: unknown): void {
    if (asFunction(node)?.name === 'size') this.#misused('size');
  }

  #misused(name: string): void {
    this.#find(
      'misusedFunction',
      `The function is not allowed to be used this way in an expression; function: ${name}`,
    );
  }

  /** Only `size` may appear inside a comparison or a function. */
  noFunctionsBut(operands: readonly unknown[]): void {
    const other = operands.map(asFunction).find((node) => node && node.name !== 'size');
    if (other) this.#misused(other.name);
  }

  distinct(operator: string, [first, second, ...more]: readonly unknown[]): void {
    if (more.length > 0 || !Array.isArray(first) || !Array.isArray(second)) return;
    if (first.length !== second.length || !first.every((step, place) => step === second[place])) return;
    this.#find(
      'distinct',
      'The first operand must be distinct from the remaining operands for this operator or function; operator: ' +
        `${operator}, first operand: ${pathText(first)}`,
    );
  }

  bounds(lower: unknown, upper: unknown): void {
    const low = asValue(lower);
    const high = asValue(upper);
    if (!low || !high) return;
    const text = (value: AttributeValue) => `AttributeValue: {${typeOf(value)}:${String(value[typeOf(value)])}}`;
    const operands = `lower bound operand: ${text(low)}, upper bound operand: ${text(high)}`;
    if (typeOf(low) !== typeOf(high)) {
      this.#find('function', `The BETWEEN operator requires same data type for lower and upper bounds; ${operands}`);
    } else if (holds('>', low, high)) {
      this.#find(
        'function',
        `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${operands}`,
      );
    }
  }

  membership(operands: readonly unknown[]): void {
    if (operands.length <= MAX_IN_OPERANDS) return;
    this.#find(
      'operands',
      `The IN operator is provided with too many operands; number of operands: ${operands.length}`,
    );
  }

  /** Checks a function's operands. @returns the type of its result */
  call(name: string, args: readonly unknown[]): AttributeType | undefined {
    const count = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (count === undefined) {
      this.#find('unknownFunction', `Invalid function name; function: ${name}`);
      return undefined;
    }
    if (count !== args.length) {
      this.#find(
        'operands',
        'Incorrect number of operands for operator or function; operator or function: ' +
          `${name}, number of operands: ${args.length}`,
      );
      return undefined;
    }
    this.distinct(name, args);
    switch (name) {
      case 'attribute_exists':
      case 'attribute_not_exists':
        if (!Array.isArray(args[0])) {
          this.#find('function', `Operator or function requires a document path; operator or function: ${name}`);
        }
        return 'BOOL';
      case 'begins_with':
        for (const operand of args) {
          const type = typeOfOperand(operand);
          if (type && type !== 'S' && type !== 'B') this.#wrongType(name, type);
        }
        return 'BOOL';
      case 'attribute_type':
        this.#typeName(args[1]);
        return 'BOOL';
      case 'size': {
        const type = typeOfOperand(args[0]);
        if (type === 'N' || type === 'BOOL' || type === 'NULL') this.#wrongType(name, type);
        return 'N';
      }
      default:
        return 'BOOL';
    }
  }

  #wrongType(name: string, type: string): void {
    this.#find(
      'function',
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
    );
  }

  #typeName(operand: unknown): void {
    const type = typeOfOperand(operand);
    if (type !== 'S') {
      this.#wrongType('attribute_type', type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
      return;
    }
    const wanted = asValue(operand)?.S;
    if (wanted === undefined || TYPES.includes(wanted)) return;
    this.#find(
      'function',
      `Invalid attribute type name found; type: ${wanted}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
    );
  }
}
