import type { InventoryLine } from '../inventory.js';

/** ` (app.ts:12)`, or an empty text if the line is unknown. */
export const at = (line: InventoryLine | undefined): string =>
  line === undefined ? '' : ` (${line.file}:${line.line})`;

/** A route as messages name it: `GET /users (app.ts:12)`. */
export const routeAt = ({
  method,
  path,
  source,
}: {
  readonly method: string;
  readonly path: string;
  readonly source?: InventoryLine | undefined;
}): string => `${method} ${path}${at(source)}`;
