import type { Item } from './attribute-value.js';
import { type DocumentPath, project } from './document-path.js';

/** A ProjectionExpression as the expression parser returns it. */
export interface ParsedProjection {
  readonly paths: readonly DocumentPath[];
  readonly nestedPaths: Readonly<Record<string, boolean>>;
}

export interface Projected {
  readonly AttributesToGet?: readonly string[];
  readonly _projection?: ParsedProjection;
}

/** The attributes of an item that a request asks for. */
export function projected(item: Item, { AttributesToGet, _projection }: Projected): Item {
  const paths = _projection?.paths ?? AttributesToGet;
  return paths ? project(item, paths) : item;
}
