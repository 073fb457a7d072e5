import Module from 'node:module';

/** Leads every `require` of the CDK to the oldest one that the peer range admits, which is installed under another name. */
interface Resolver {
  _resolveFilename(request: string, ...rest: readonly unknown[]): string;
}

// What `require` itself calls; Node 20 has no public hook for it.
const resolver = Module as unknown as Resolver;
const resolve = resolver._resolveFilename;
resolver._resolveFilename = (request, ...rest) =>
  resolve(request.replace(/^(aws-cdk-lib|constructs)(?=\/|$)/, '$1-oldest'), ...rest);
