import { type HttpResponse, header } from '../../../core/http.js';
import { boundedTest } from '../../../core/regular-expression.js';
import type { IsBinary } from '../binary.js';
import type { Exchange } from '../exchange.js';
import type { GatewayError } from '../gateway-response.js';
import { fieldValue, isFieldName } from '../header-field.js';
import type { Integration } from '../model.js';
import { mappedName } from '../proxy-response.js';
import { mediaType } from '../template.js';
import { compileMapping } from './compiled-template.js';
import { responsePayload } from './content-handling.js';
import { members } from './request.js';
import type { LazyScope, MappingScope } from './scope.js';
import { compileSource } from './source.js';

/** The result of an integration. */
export interface IntegrationAnswer {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  readonly body: Uint8Array;
  /** The text that selection patterns are matched with: the status, or the error of a function; empty for no error. */
  readonly selector: string;
}

/** Makes the method's response of what the integration came back with. */
export type MapResponse = (
  answer: IntegrationAnswer,
  exchange: Exchange,
  scope: LazyScope,
) => HttpResponse | GatewayError;

/** @throws where a selection pattern is not a regular expression */
export function responseMapping({ responses }: Integration, isBinary: IsBinary): MapResponse {
  const compiled = responses.map((response) => ({
    status: Number(response.statusCode),
    selects: response.selectionPattern ? boundedTest(`^(?:${response.selectionPattern})$`) : undefined,
    headers: Object.entries(response.responseParameters).map(
      ([parameter, expression]) =>
        [parameter.replace(/^method\.response\.header\./, '').toLowerCase(), compileSource(expression)] as const,
    ),
    // A template without text is none.
    templates: Object.entries(response.responseTemplates)
      .filter(([, text]) => text !== '')
      .map(([type, text]) => [type, compileMapping(text)] as const),
    contentHandling: response.contentHandling,
    isStatic: Object.values(response.responseParameters).every((expression) => expression.startsWith("'")),
  }));

  return (answer, exchange, scope) => {
    const response =
      compiled.find(({ selects }) => selects?.(answer.selector)) ??
      compiled.find(({ selects }) => selects === undefined);
    if (response === undefined) return { type: 'API_CONFIGURATION_ERROR' };
    const { templates, contentHandling } = response;
    const contentType = header(answer, 'content-type');
    const asksForBinary = isBinary(header(exchange.request, 'accept'));
    const payload =
      contentType === undefined && contentHandling === undefined
        ? // What came without a type (of a mock) is what the client asks for.
          { text: Buffer.from(answer.body).toString('utf8') }
        : responsePayload(
            answer.body,
            contentType !== undefined && isBinary(contentType),
            asksForBinary,
            contentHandling,
          );
    if (payload === undefined) return { type: 'API_CONFIGURATION_ERROR' };
    const chosen = chooseTemplate(templates, header(exchange.request, 'accept'));
    const [type, template] = chosen ?? ['application/json'];
    // A template maps text alone.
    if (template !== undefined && 'bytes' in payload) return { type: 'API_CONFIGURATION_ERROR' };
    const headers: [string, string][] = [];
    if (response.headers.length > 0) {
      const subject = {
        scope: response.isStatic ? NO_SCOPE : scope.value,
        payload: () => ('text' in payload ? payload.text : Buffer.from(payload.bytes).toString('utf8')),
        headers: answer.headers,
      };
      for (const [name, source] of response.headers) {
        for (const text of source(subject)) {
          const value = fieldValue(text);
          const sent = mappedName(name);
          if (value && sent !== null) headers.push([sent, value]);
        }
      }
    }
    if (!headers.some(([name]) => name === 'content-type')) headers.unshift(['content-type', type]);
    const body = 'bytes' in payload ? payload.bytes : template ? template(() => payload.text, scope) : payload.text;
    return { ...overridden(response.status, headers, scope.made), body };
  };
}

const NO_SCOPE: MappingScope = {
  context: new Map(),
  stageVariables: new Map(),
  parameters: { path: {}, querystring: {}, header: {} },
  multiValues: { querystring: {}, header: {} },
};

/** The template of a type that the client accepts, else that of JSON, else the first. */
function chooseTemplate<T>(
  templates: readonly (readonly [type: string, template: T])[],
  accept: string | undefined,
): readonly [type: string, template: T] | undefined {
  if (templates.length === 0) return undefined;
  const accepted = (accept ?? '').split(',').map((range) => mediaType(range.trim()));
  return (
    templates.find(([type]) => accept !== undefined && accepted.includes(mediaType(type))) ??
    templates.find(([type]) => mediaType(type) === 'application/json') ??
    templates[0]
  );
}

/** Status and headers with what the templates wrote to `$context.responseOverride`. */
function overridden(
  status: number,
  headers: [string, string][],
  scope: MappingScope | undefined,
): Pick<HttpResponse, 'status' | 'headers'> {
  const overrides = scope?.context.get('responseOverride');
  if (!(overrides instanceof Map)) return { status, headers };
  let changed = headers;
  for (const [name, text] of members(overrides.get('header'))) {
    const value = fieldValue(text);
    if (value === undefined || !isFieldName(name)) continue;
    const lower = name.toLowerCase();
    changed = [...changed.filter(([other]) => other !== lower), [lower, value]];
  }
  const override = Number(overrides.get('status') ?? Number.NaN);
  return { status: override >= 100 && override <= 599 ? override : status, headers: changed };
}
