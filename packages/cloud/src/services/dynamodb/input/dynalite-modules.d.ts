/**
 * The parts of dynalite 4.0.0, untyped CommonJS, that Goblet uses: its checks of inputs, its parsers of expressions
 * (which the checks call) and its order-preserving keys. Its store, its server and its actions are not used.
 */
declare module 'dynalite/validations/index.js' {
  const validations: {
    /** Coerces as the service does; throws an error with `statusCode` and `body`. Deletes unknown members of `data`. */
    checkTypes(data: object, types: object): Record<string, unknown>;
    checkValidations(
      data: object,
      types: object,
      custom: ((data: never, store: never) => unknown) | undefined,
      store: object,
    ): void;
    validateAttributeValue(value: object): string | undefined;
  };
  export default validations;
}

declare module 'dynalite/validations/*' {
  const validation: {
    types: Record<string, object | string>;
    custom?: (data: never, store: never) => string | undefined;
  };
  export default validation;
}

declare module 'dynalite/db/conditionParser.js' {
  const parser: {
    /** Looked up by the checks at each call. */
    parse: (
      expression: string,
      options: { context: import('../engine/expressions/condition-checks.js').ExpressionContext },
    ) => unknown;
  };
  export default parser;
}

declare module 'dynalite/db/updateParser.js' {
  const parser: { parse: (expression: string, options: object) => unknown };
  export default parser;
}

declare module 'dynalite/db/projectionParser.js' {
  const parser: { parse: (expression: string, options: object) => unknown };
  export default parser;
}

declare module 'dynalite/db/index.js' {
  interface Schema {
    readonly KeySchema: readonly { readonly AttributeName: string }[];
    readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  }
  /** An error with AWS's sentence as its message, or nothing. */
  type Invalid = Error | null | undefined;
  const db: {
    createKey(item: object, table: Schema, keySchema?: Schema['KeySchema']): string;
    hashPrefix(value: string, type: string): string;
    toRangeStr(value: object | string, type?: string): string;
    toLexiStr(value: string, type: string): string;
    validateKey(key: object, table: Schema): Invalid;
    validateItem(item: object, table: Schema): Invalid;
    validateUpdates(attributeUpdates: unknown, expressionUpdates: unknown, table: Schema): Invalid;
    validateKeyPiece(key: object, attribute: string, type: string, isHash: boolean): Invalid;
    validateKeyPaths(nestedPaths: object | undefined, table: Schema): Invalid;
  };
  export default db;
}
