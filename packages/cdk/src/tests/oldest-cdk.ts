import Module from 'node:module';

/** Redirects every `require` of CDK to the oldest version in the peer range, which is installed under another name. */
interface Resolver {
  _resolveFilename(request: string, ...rest: readonly unknown[]): string;
}

// The function that `require` itself calls; Node.js 20 has no public hook for it.
const resolver = Module as unknown as Resolver;
const resolve = resolver._resolveFilename;
resolver._resolveFilename = (request, ...rest) =>
  resolve(request.replace(/^(aws-cdk-lib|constructs)(?=\/|$)/, '$1-oldest'), ...rest);
