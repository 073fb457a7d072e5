import { defined } from '../../../core/defined.js';
import type { HttpRequest } from '../../../core/http.js';
import { decodeQuery, type Exchange, type Place } from '../exchange.js';
import { fieldValue, isFieldName } from '../header-field.js';
import { compileValue, type MappingSubject, type MappingValue } from './mapping-value.js';

/** `append:header.name` to a value, `overwrite:path` and others. */
export type ParameterMapping = Readonly<Record<string, string>>;

interface Change {
  readonly action: string;
  readonly place: string;
  readonly name: string;
  readonly value: MappingValue;
}

const KEY = /^(append|overwrite|remove):(header|querystring|path|statuscode)(?:\.(.+))?$/;

/** True if API Gateway takes a key of a mapping of requests, or of responses. */
export function isMappingKey(key: string, side: 'request' | 'response'): boolean {
  const [, action, place, name] = KEY.exec(key) ?? [];
  if (place === 'header') return name !== undefined;
  if (side === 'response') return place === 'statuscode' && action === 'overwrite' && name === undefined;
  return place === 'querystring'
    ? name !== undefined
    : place === 'path' && action === 'overwrite' && name === undefined;
}

function changesOf(mapping: ParameterMapping): readonly Change[] {
  return Object.entries(mapping).flatMap(([key, value]) => {
    const [, action = '', place, name = ''] = KEY.exec(key) ?? [];
    return place === undefined ? [] : [{ action, place, name, value: compileValue(value) }];
  });
}

/** A request as its mapping makes it. */
export interface MappedRequest extends Pick<HttpRequest, 'headers' | 'query'> {
  /** Where the mapping says another. */
  readonly path?: string;
}

/** Compiles the mapping of an integration's request; undefined where nothing is mapped. */
export function mapRequestParameters(
  mapping: ParameterMapping,
): ((exchange: Exchange, place: Place) => MappedRequest) | undefined {
  const changes = changesOf(mapping);
  if (changes.length === 0) return undefined;
  return (exchange, place) => {
    const subject = { exchange, place };
    const { request } = exchange;
    let headers = request.headers;
    let query = pairsOf(request.query);
    let path: string | undefined;
    for (const change of changes) {
      const value = change.value(subject);
      if (change.place === 'header') headers = changedHeaders(headers, change, value);
      else if (change.place === 'querystring') query = changedPairs(query, change, value);
      else path = value;
    }
    const sent = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
    return { headers, query: sent, ...defined({ path }) };
  };
}

/** An exchange whose request is the mapped one. */
export function withRequest(exchange: Exchange, { headers, query, path }: MappedRequest): Exchange {
  const { method, body, sourceIp, signal, path: own } = exchange.request;
  return { ...exchange, request: { method, body, sourceIp, signal, headers, query, path: path ?? own } };
}

/** A response that can be mapped. */
export interface Mappable {
  readonly status: number;
  readonly headers: [name: string, value: string][];
}

/** Compiles the mappings of an integration's responses, which are by status code. */
export function mapResponseParameters(byStatus: Readonly<Record<string, ParameterMapping>>) {
  const compiled = new Map(Object.entries(byStatus).map(([status, mapping]) => [status, changesOf(mapping)]));
  return <R extends Mappable>(response: R, subject: MappingSubject): R => {
    const changes = compiled.get(String(response.status)) ?? [];
    let { status } = response;
    let headers: readonly (readonly [string, string])[] = response.headers;
    for (const change of changes) {
      const value = change.value(subject);
      if (change.place === 'header') headers = changedHeaders(headers, change, value);
      else if (value !== undefined && /^[1-5]\d\d$/.test(value)) status = Number(value);
    }
    return { ...response, status, headers: headers.map(([name, value]) => [name, value]) };
  };
}

type Pairs = readonly (readonly [name: string, value: string])[];

function changedHeaders(headers: Pairs, { action, name, value: _, place }: Change, value: string | undefined): Pairs {
  const lower = name.toLowerCase();
  const text = value === undefined ? undefined : fieldValue(value);
  if (action !== 'remove' && (text === undefined || !isFieldName(name))) return headers;
  return changedPairs(headers, { action, name: lower, place, value: () => text }, text);
}

function changedPairs(pairs: Pairs, { action, name }: Change, value: string | undefined): Pairs {
  const others = action === 'append' ? pairs : pairs.filter(([other]) => other !== name);
  if (action === 'remove') return others;
  return value === undefined ? pairs : [...others, [name, value]];
}

function pairsOf(query: string): Pairs {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decodeQuery(name), decodeQuery(value.join('='))] as const;
    });
}
