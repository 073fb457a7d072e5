import type { Access } from './access.js';
import type { Call } from './operation.js';

export type Decision =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** AWS's sentence: `User: arn:… is not authorized to perform: … on resource: … because no identity-based policy allows the … action` */
      readonly message: string;
      /** Short, for people: which statement denies, or that none allows. */
      readonly reason: string;
      /** JSON of the policy statement that would allow it. */
      readonly statement: string;
    };

/** Decides one access of one call by the policies in force. */
export type Authorizer = (access: Access, call: Call) => Promise<Decision>;
