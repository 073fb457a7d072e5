/** Apps whose OpenAPI documents are validated, below the root of the repository. */
export const OPENAPI_APPS = [
  'examples/users-service/web-api',
  'tests/conformance/service/app.ts',
  'tests/artifacts/fixtures/everything.ts',
  'tests/artifacts/fixtures/schemas.ts',
  'packages/cdk/src/tests/fixtures/http/app.ts',
  'packages/cdk/src/tests/fixtures/secured/app.ts',
];
