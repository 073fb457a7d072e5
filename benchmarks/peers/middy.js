import middy from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpRouter from '@middy/http-router';

const json = (value) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export const handler = middy()
  .use(httpErrorHandler({ logger: false }))
  .handler(
    httpRouter([
      {
        method: 'GET',
        path: '/users/{username}',
        handler: async (event) => json({ username: decodeURIComponent(event.pathParameters.username) }),
      },
      {
        method: 'POST',
        path: '/users',
        handler: middy()
          .use(httpJsonBodyParser())
          .handler(async (event) => json({ username: event.body.username })),
      },
      { method: 'GET', path: '/health', handler: async () => json({ ok: true }) },
    ]),
  );
