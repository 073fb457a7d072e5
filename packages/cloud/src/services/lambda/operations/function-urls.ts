import { toLocalUrls } from '../../../core/local-url.js';
import type { Call, Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { pageOf } from '../../../kit/page.js';
import { functionArn, parseReachableName, parseUnqualifiedName } from '../functions/function-name.js';
import { conflict, invalidMarker, notFound } from '../lambda-error.js';
import { functionAccess, type LambdaKeys, type LambdaState, lambdaOperation } from '../service-state.js';
import { type FunctionUrl, parseCors, URL_LIMITS, urlConfiguration } from '../urls/function-url.js';

const LARGEST_PAGE = 50;

interface UrlInput {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

const parseUrl = ({ FunctionName, Qualifier }: UrlInput, scope: Scope) => ({
  reference: parseReachableName(FunctionName, Qualifier, scope),
});

type Located = ReturnType<typeof parseUrl>;

/** The keys of operations on a URL that is there, or is to be. */
const urlKeys: LambdaKeys<Located & { readonly authType?: string | undefined }> = {
  'lambda:FunctionArn': ({ target }) => target.resource,
  'lambda:FunctionUrlAuthType': ({ input, state }) => input.authType ?? state.urls.find(input.reference)?.authType,
};

const noFunction = () => notFound('Function does not exist');

/** Throws where there is no such function or alias. */
async function checkFunction({ reference }: Located, { functions }: LambdaState): Promise<void> {
  const record = await functions.find(reference);
  const { qualifier } = reference;
  if (record && (qualifier === undefined || record.aliases.some(({ name }) => name === qualifier))) return;
  throw noFunction();
}

function urlOf({ reference }: Located, { urls }: LambdaState): FunctionUrl {
  const url = urls.find(reference);
  if (url === undefined) throw notFound();
  return url;
}

const described = (url: FunctionUrl, { context }: LambdaState) =>
  urlConfiguration(url, (text) => toLocalUrls(text, context));

/** The answer to a call that makes or changes a URL, which tells its mode only where the call does. */
function answered(url: FunctionUrl, mode: string | undefined, state: LambdaState) {
  const { InvokeMode, ...configuration } = described(url, state);
  return { ...configuration, InvokeMode: mode === undefined ? undefined : InvokeMode };
}

export const createFunctionUrlConfig = lambdaOperation({
  name: 'CreateFunctionUrlConfig',
  limits: URL_LIMITS,
  parse: (input, scope) => ({
    ...parseUrl(input, scope),
    authType: input.AuthType,
    mode: input.InvokeMode,
    cors: parseCors(input.Cors),
  }),
  access: (row) => [functionAccess(row, 'CreateFunctionUrlConfig', urlKeys)],
  handle: async (input, call, state) => {
    const { reference, authType, mode, cors } = input;
    await checkFunction(input, state);
    const { urls, context } = state;
    const known = urls.find(reference);
    if (known && !isSame(known, call)) {
      throw conflict(
        `Failed to create function url config for [functionArn = ${functionArn(reference)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      );
    }
    const now = context.now();
    const { account, region, name, qualifier } = reference;
    const url: FunctionUrl = {
      account,
      region,
      name,
      qualifier,
      id: known?.id ?? randomId.lower(32),
      authType,
      invokeMode: mode ?? 'BUFFERED',
      cors,
      created: known?.created ?? now,
      modified: now,
      resourceId: call.resourceId,
    };
    await urls.put(url);
    const { LastModifiedTime: _, ...answer } = answered(url, mode, state);
    return answer;
  },
});

/** True if a stack makes again what it made before it was cut off. */
const isSame = ({ resourceId }: FunctionUrl, call: Call): boolean =>
  resourceId !== undefined && resourceId === call.resourceId;

export const updateFunctionUrlConfig = lambdaOperation({
  name: 'UpdateFunctionUrlConfig',
  limits: URL_LIMITS,
  parse: (input, scope) => ({
    ...parseUrl(input, scope),
    authType: input.AuthType,
    mode: input.InvokeMode,
    cors: input.Cors && { settings: parseCors(input.Cors) },
  }),
  access: (row) => [functionAccess(row, 'UpdateFunctionUrlConfig', urlKeys)],
  handle: async (input, _call, state) => {
    await checkFunction(input, state);
    const before = urlOf(input, state);
    const { authType = before.authType, mode, cors } = input;
    const url: FunctionUrl = {
      ...before,
      authType,
      invokeMode: mode ?? before.invokeMode,
      cors: cors ? cors.settings : before.cors,
      modified: state.context.now(),
    };
    await state.urls.put(url);
    return answered(url, url.invokeMode === 'BUFFERED' ? mode : url.invokeMode, state);
  },
});

export const getFunctionUrlConfig = lambdaOperation({
  name: 'GetFunctionUrlConfig',
  limits: { Qualifier: URL_LIMITS.Qualifier },
  parse: parseUrl,
  access: (row) => [functionAccess(row, 'GetFunctionUrlConfig', urlKeys)],
  handle: (input, _call, state) => described(urlOf(input, state), state),
});

export const deleteFunctionUrlConfig = lambdaOperation({
  name: 'DeleteFunctionUrlConfig',
  limits: { Qualifier: URL_LIMITS.Qualifier },
  parse: parseUrl,
  access: (row) => [functionAccess(row, 'DeleteFunctionUrlConfig', urlKeys)],
  handle: (input, _call, state) => state.urls.delete(urlOf(input, state)),
});

export const listFunctionUrlConfigs = lambdaOperation({
  name: 'ListFunctionUrlConfigs',
  limits: { MaxItems: { min: 1, max: LARGEST_PAGE } },
  parse: ({ FunctionName, ...list }, scope) => ({ reference: parseUnqualifiedName(FunctionName, scope), ...list }),
  access: (row) => [
    functionAccess(row, 'ListFunctionUrlConfigs', {
      'lambda:FunctionUrlAuthType': ({ input, state }) => state.urls.find(input.reference)?.authType,
    }),
  ],
  handle: async ({ reference, Marker, MaxItems = LARGEST_PAGE }, _call, state) => {
    if ((await state.functions.find(reference)) === undefined) throw noFunction();
    const { items, next } = pageOf(state.urls.list(reference), {
      keyOf: ({ qualifier = '' }) => qualifier,
      limit: MaxItems,
      token: Marker,
      of: ['ListFunctionUrlConfigs', functionArn(reference)],
      refuse: invalidMarker,
    });
    return { FunctionUrlConfigs: items.map((url) => described(url, state)), NextMarker: next };
  },
});
