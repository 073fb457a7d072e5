import { readFileSync } from 'node:fs';
import { CloudError } from '../core/cloud-error.js';
import { modelMissing } from '../errors/program.js';

/** The kinds of values that have no members. Timestamps name their form where the model does. */
export type Scalar =
  | 'string'
  | 'number'
  | 'boolean'
  | 'blob'
  | 'stream'
  | 'document'
  | 'timestamp'
  | 'date-time'
  | 'http-date'
  | 'epoch-seconds'
  | 'unit';

/** A scalar, or the place of a shape in the model's list. */
export type ShapeReference = Scalar | number;

/** The traits with which a member's wire format differs, in Smithy's words. */
export interface Traits {
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly xmlFlattened?: 1;
  readonly xmlAttribute?: 1;
  /** A namespace that an element declares for its attributes. */
  readonly xmlNamespace?: readonly [prefix: string, uri: string];
  readonly httpLabel?: 1;
  readonly httpPayload?: 1;
  readonly httpResponseCode?: 1;
  readonly httpQueryParams?: 1;
  readonly httpHeader?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpQuery?: string;
  readonly streaming?: 1;
  readonly eventPayload?: 1;
  readonly eventHeader?: 1;
}

/** A member of a structure, or the item, key or value of a collection. */
export type Member = ShapeReference | (Traits & { readonly target: ShapeReference });

export interface StructureShape {
  readonly kind: 'structure' | 'union';
  readonly name: string;
  /** The element of an answer that is this structure. */
  readonly xmlName?: string;
  readonly members: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
}

export interface ListShape {
  readonly kind: 'list';
  readonly item: Member;
}

export interface MapShape {
  readonly kind: 'map';
  readonly key: Member;
  readonly value: Member;
}

export type Shape = StructureShape | ListShape | MapShape;

export interface OperationModel {
  readonly input: ShapeReference;
  readonly output: ShapeReference;
  /** How a REST protocol spells the operation. */
  readonly http?: { readonly method: string; readonly uri: string; readonly status: number };
}

export interface ErrorModel {
  readonly status: number;
  readonly shape: ShapeReference;
  /** The code in the query protocol, where it differs. */
  readonly queryCode?: string;
}

/** AWS's model of one service, taken from the SDK's client when the cloud is built. */
export interface ServiceModel {
  readonly protocol: 'json-1.0' | 'json-1.1' | 'query' | 'rest-json' | 'rest-xml';
  /** `com.amazonaws.sqs` */
  readonly namespace: string;
  /** `2012-11-05` */
  readonly version: string;
  readonly xmlNamespace?: string;
  /** The part of `X-Amz-Target` before the dot. */
  readonly target?: string;
  /** True if a JSON service also sends the error codes of its older query protocol. */
  readonly queryCompatible?: true;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly errors: Readonly<Record<string, ErrorModel>>;
  readonly shapes: readonly Shape[];
}

const loaded = new Map<string, ServiceModel>();

/**
 * The model of a service, read when it is first asked for.
 *
 * @param service the cloud's name of it: `sqs`, `logs`
 * @throws CloudError GOBLET_CLOUD_SPEC_MISSING where the build did not write it
 */
export function serviceModel(service: string): ServiceModel {
  const known = loaded.get(service);
  if (known) return known;
  let text: string;
  try {
    text = readFileSync(new URL(`${service}.json`, MODELS), 'utf8');
  } catch (error) {
    throw new CloudError(modelMissing(service), { cause: error });
  }
  const model: ServiceModel = JSON.parse(text);
  loaded.set(service, model);
  return model;
}

const MODELS = new URL('../../generated/models/', import.meta.url);

/** The traits of a member; none for a bare reference. */
export function traitsOf(member: Member): Traits {
  return typeof member === 'object' ? member : NO_TRAITS;
}

const NO_TRAITS: Traits = {};

export function targetOf(member: Member): ShapeReference {
  return typeof member === 'object' ? member.target : member;
}

/** The shape of a reference; undefined for a scalar. */
export function shapeOf(model: ServiceModel, member: Member): Shape | undefined {
  const target = targetOf(member);
  return typeof target === 'number' ? model.shapes[target] : undefined;
}

/** The structure that an operation takes or answers; undefined where it has none. */
export function structureOf(model: ServiceModel, reference: ShapeReference): StructureShape | undefined {
  const shape = shapeOf(model, reference);
  return shape?.kind === 'structure' || shape?.kind === 'union' ? shape : undefined;
}
