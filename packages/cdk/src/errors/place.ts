import type { InventoryLine } from '@goblet/build' with { 'resolution-mode': 'import' };

/** ` (app.ts:12)`, or an empty text if the line is unknown. */
export const at = (line: InventoryLine | undefined): string =>
  line === undefined ? '' : ` (${line.file}:${line.line})`;

/** Something that the app declares, as the inventory has it. */
export interface Declared {
  readonly name: string;
  readonly source?: InventoryLine | undefined;
}

/** `jobs (app.ts:12)`. */
export const placed = ({ name, source }: Declared): string => `${name}${at(source)}`;
