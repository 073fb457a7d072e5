// No framework: what a function costs whatever it is written with.
const json = (statusCode, value) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export const handler = async (event) => {
  switch (`${event.httpMethod} ${event.resource}`) {
    case 'GET /users/{username}':
      return json(200, { username: decodeURIComponent(event.pathParameters.username) });
    case 'POST /users':
      return json(200, { username: JSON.parse(event.body).username });
    case 'GET /health':
      return json(200, { ok: true });
    default:
      return json(404, {});
  }
};
