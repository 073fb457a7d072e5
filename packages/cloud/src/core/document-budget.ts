/** How large a document may be that somebody else wrote, whatever it is written in. */
export interface DocumentBudget {
  /** Structures within structures. */
  readonly depth: number;
  /** Values; in YAML, what an alias stands for counts each time. */
  readonly values: number;
}

/** Of templates and API definitions. */
export const DOCUMENT_BUDGET: DocumentBudget = { depth: 200, values: 500_000 };

/** Of the bodies of calls and of JSON within them. Their size in bytes has a limit of its own. */
export const CALL_BUDGET: DocumentBudget = { depth: 4000, values: 10_000_000 };
