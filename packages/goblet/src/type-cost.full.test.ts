import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { COMPILER_OPTIONS, type Form, serviceProgram } from '../../../benchmarks/types/program.ts';

/** Where the files of the services would be; they are not written. */
const folder = join(import.meta.dirname, '../../../benchmarks/types');

/** What the compiler makes to check a program: the same on every machine. */
interface Cost {
  readonly types: number;
  readonly instantiations: number;
}

/** Checks services by a compiler that reads its own library, Zod and Goblet once. */
function checker(): (form: Form, routes: number) => Cost {
  const { options } = ts.convertCompilerOptionsFromJson(COMPILER_OPTIONS, folder);
  const host = ts.createCompilerHost(options);
  const read = new Map<string, ts.SourceFile | undefined>();
  return (form, routes) => {
    const files = new Map(
      [...serviceProgram(form, routes, 'routers')].map(([name, text]) => [join(folder, name), text]),
    );
    const program = ts.createProgram([...files.keys()], options, {
      ...host,
      fileExists: (file) => files.has(file) || host.fileExists(file),
      getSourceFile(file, how) {
        const text = files.get(file);
        if (text !== undefined) return ts.createSourceFile(file, text, how);
        if (!read.has(file)) read.set(file, host.getSourceFile(file, how));
        return read.get(file);
      },
    });
    const wrong = [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics()];
    expect(wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
    return { types: program.getTypeCount(), instantiations: program.getInstantiationCount() };
  };
}

/** Of one more route, where there are `routes` more. */
const perRoute = (fewer: Cost, more: Cost, routes: number): Cost => ({
  types: (more.types - fewer.types) / routes,
  instantiations: (more.instantiations - fewer.instantiations) / routes,
});

test('a full route costs the compiler little over its schemas, and no more where there are many', () => {
  const costOf = checker();
  const few = costOf('goblet', 20);
  const more = costOf('goblet', 40);
  const most = costOf('goblet', 60);
  const route = perRoute(few, more, 20);
  const schemas = perRoute(costOf('schemas', 20), costOf('schemas', 40), 20);
  // Measured: 1.39 and 1.32. The times that they stand for are in benchmarks/README.md.
  expect(route.types / schemas.types).toBeLessThan(1.42);
  expect(route.instantiations / schemas.instantiations).toBeLessThan(1.35);
  const later = perRoute(more, most, 20);
  expect(later.types / route.types).toBeCloseTo(1, 1);
  expect(later.instantiations / route.instantiations).toBeCloseTo(1, 1);
});
