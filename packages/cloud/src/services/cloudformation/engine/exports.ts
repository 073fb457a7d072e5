import type { Write } from '../../../core/store.js';
import type { Stack } from '../stack/stack.js';
import { write } from '../stack/stack-store.js';
import { validationError } from '../template/template-error.js';

/** Makes the exports of a stack those of `outputs`. */
export function exportWrites(stack: Stack, outputs: Stack['outputs']): readonly Write[] {
  const names = new Set(outputs.flatMap(({ exportName }) => exportName ?? []));
  const before = [...stack.outputs, ...(stack.stable?.outputs ?? [])].flatMap(({ exportName }) => exportName ?? []);
  return [
    ...before.filter((name) => !names.has(name)).map(write.exportGone),
    ...outputs.flatMap(({ exportName, value }) =>
      exportName === undefined
        ? []
        : [write.export({ name: exportName, value, stackId: stack.id, stackName: stack.name })],
    ),
  ];
}

/** An export that another stack imports can neither go nor change. */
export function refuseRemovedExports(stack: Stack, outputs: Stack['outputs'], stacks: readonly Stack[]): void {
  for (const before of stack.stable?.outputs ?? []) {
    if (before.exportName === undefined) continue;
    const now = outputs.find(({ exportName }) => exportName === before.exportName);
    if (now?.value === before.value) continue;
    const users = importersOf(before.exportName, stack, stacks);
    if (users.length === 0) continue;
    const verb = now ? 'updated' : 'deleted';
    throw validationError(`Export ${before.exportName} cannot be ${verb} as it is in use by ${users.join(', ')}. `);
  }
}

/** The names of the stacks that import an export. */
export function importersOf(exportName: string, exporter: Stack, stacks: readonly Stack[]): readonly string[] {
  return stacks
    .filter(
      ({ id, status, imports }) => id !== exporter.id && status !== 'DELETE_COMPLETE' && imports.includes(exportName),
    )
    .map(({ name }) => name);
}
