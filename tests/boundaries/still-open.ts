/*
 * What packages/cloud still has of what the other packages do not: circles, imports into another service's internals, and
 * modules that only tests use. These lists only ever get shorter.
 */

/** The modules of each circle; fewer of them may still be one. */
export const CIRCLES: readonly (readonly string[])[] = [['core/cloud.ts', 'core/service.ts']];

/** What a service imports of another one beside its index. */
export const INTERNALS: Readonly<Record<string, readonly string[]>> = {
  // The two are one gateway: apigateway configures what execute-api serves.
  apigateway: [
    'execute-api/access-log',
    'execute-api/model',
    'execute-api/open-api/import-open-api',
    'execute-api/open-api/integration',
    'execute-api/open-api/paths',
    'execute-api/open-api/refusal',
    'execute-api/open-api/security',
    'execute-api/record',
    'execute-api/router',
    'execute-api/token-bucket',
  ],
};

/** Modules that nothing which ships reaches. */
export const UNREACHED: readonly string[] = ['testing/root-call.ts'];
