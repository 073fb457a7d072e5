/** A phrase that readers stumble over, and plain words for it. */
export interface Phrase {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Phrases that neither docs, comments nor messages use. */
export const PHRASES: readonly Phrase[] = [
  { pattern: /\bunless told\b/i, instead: '"by default", or "(default: …)"' },
  { pattern: /\b(?:is|are|was) told\b(?! apart)/i, instead: '"receives", "is notified", "the terminal says"' },
  { pattern: /\bthat (?:is|are) none\b/i, instead: '"invalid", "not a …"' },
  { pattern: /\bmend(?:s|ed)?\b/i, instead: '"fix"' },
  { pattern: /\bgoes by\b/i, instead: '"uses", "the identity source is"' },
  { pattern: /\bleave to\b/i, instead: '"permission to"' },
  { pattern: /\bat hand\b/i, instead: '"available", "installed"' },
  { pattern: /\bfor ever\b/i, instead: '"forever", "never ends", "permanently"' },
  { pattern: /\bbesides:/i, instead: '"also"' },
  { pattern: /\bis still at it\b/i, instead: '"is still running"' },
  { pattern: /\bmade out of what\b/i, instead: 'a noun' },
  { pattern: /\bas ever\b/i, instead: '"as before", or nothing' },
  { pattern: /\bbelongs? into\b/i, instead: '"belongs in"' },
  { pattern: /\bRefused by name\b/i, instead: '"not supported yet"' },
];

/** Phrases with which no comment begins. */
export const COMMENT_STARTS: readonly Phrase[] = [
  { pattern: /^What\b/, instead: 'the noun: "The files that …", "The error of …"' },
  { pattern: /^Of what\b/i, instead: 'subject, verb, object' },
  { pattern: /^Whether\b/, instead: '"True if …"' },
];
