export const GOBLET_TEST_AUTH =
  'A test names an authorizer that the app does not have. Use a name under the app’s `auth`.';

export const noAuthorizer = (name: string, known: readonly string[]) =>
  `GOBLET_TEST_AUTH: the app has no authorizer "${name}"; it has ${known.join(', ') || 'none'}`;

export const GOBLET_TEST_OPTION =
  'The test client got an unknown option or gateway. Its options are `deps`, `env`, `auth` and `gateway`; a gateway is rest, http, url or alb.';

export const noTestOption = (name: string, known: readonly string[]) =>
  `GOBLET_TEST_OPTION: the test client has no option ${JSON.stringify(name)}; it has ${known.join(', ')}`;

export const unknownGateway = (gateway: unknown) =>
  `GOBLET_TEST_OPTION: unknown gateway ${JSON.stringify(gateway)}; use rest, http, url or alb`;

export const GOBLET_TEST_PARAMS =
  'A test omits a parameter of a route’s path, which may come from the prefix of its mount. Pass it under `params`, or `mount: { params }`.';

export const noParameter = (path: string, name: string) => `GOBLET_TEST_PARAMS: ${path} needs the parameter "${name}"`;

export const GOBLET_TEST_ROUTE =
  'A test calls a route that the app does not serve, or serves at several paths. Mount its router, or choose a path with `mount: { at }`.';

export const notServed = (method: string, path: string) =>
  `GOBLET_TEST_ROUTE: the app does not serve ${method} ${path}`;

export const servedAtSeveral = (paths: readonly string[]) =>
  `GOBLET_TEST_ROUTE: the route is served at ${paths.join(' and ')}; choose one with mount: { at }`;

export const GOBLET_TEST_SEND =
  'A test sends several events to a source that delivers one at a time, or a message for a route that its source does not have. Call `send` once for each event; use one of the route keys in the message.';

export const oneAtATime = 'GOBLET_TEST_SEND: the source delivers one event at a time; send it alone';

export const noRouteKey = (routeKey: string, known: readonly string[]) =>
  `GOBLET_TEST_SEND: the source has no route key ${JSON.stringify(routeKey)}; it has ${known.join(', ')}`;

export const noAttributeValue = (value: unknown) =>
  `GOBLET_TEST_SEND: DynamoDB has no attribute value for ${String(value)}`;

export const mixedSet = 'GOBLET_TEST_SEND: a DynamoDB set contains strings, numbers or bytes, all of one kind';
