// A CommonJS project, as `cdk init` makes it, that names the types of an ES module's app.
import type { Goblet as Construct } from '../construct.js' with { 'resolution-mode': 'import' };
import type { app } from '../service.js' with { 'resolution-mode': 'import' };

declare const Goblet: typeof Construct;

new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  environment: { DYNAMODB_TABLE_NAME: 't' },
  sources: { jobs: { queueArn: 'a' } },
  auth: { user: { issuer: 'i' } },
});

new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  // expect: 'DYNAMODB_TABLE_NAM' does not exist
  environment: { DYNAMODB_TABLE_NAM: 't' },
  sources: { jobs: { queueArn: 'a' } },
  auth: { user: { issuer: 'i' } },
});

// expect: 'sources' is missing
new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  environment: { DYNAMODB_TABLE_NAME: 't' },
  auth: { user: { issuer: 'i' } },
});
