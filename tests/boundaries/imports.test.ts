import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf, modulesOf, packages, root } from './import-graph.js';

/** What each package may import of the workspace: DESIGN's house rules. `types` are erased and cost nothing. */
const HOUSE: Readonly<Record<string, { readonly values: readonly string[]; readonly types: readonly string[] }>> = {
  goblet: { values: [], types: [] },
  build: { values: [], types: ['goblet'] },
  cdk: { values: [], types: ['goblet', '@goblet/build'] },
  cloud: { values: [], types: [] },
  cli: { values: ['@goblet/build', '@goblet/cloud'], types: ['goblet'] },
  'create-goblet': { values: [], types: [] },
};

const WORKSPACE = /^(goblet|@goblet\/[a-z]+|create-goblet)(\/.*)?$/;

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

function manifest(name: string): { dependencies: string[]; all: string[]; development: string[] } {
  const parsed = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  const dependencies = Object.keys(parsed.dependencies ?? {});
  return {
    dependencies,
    all: [...dependencies, ...Object.keys(parsed.peerDependencies ?? {})],
    development: Object.keys(parsed.devDependencies ?? {}),
  };
}

test('the house rules name every package', () => {
  expect(packages.sort()).toEqual(Object.keys(HOUSE).sort());
});

describe.each(packages)('packages/%s', (name) => {
  const imports = modulesOf(name).flatMap(importsOf);
  const rules = HOUSE[name] ?? { values: [], types: [] };
  const where = ({ file, specifier }: Import) => `${relative(root, file)} imports ${specifier}`;

  test('imports only the workspace packages that the design lets it know', () => {
    const wrong = imports.filter(({ specifier, typeOnly }) => {
      if (!WORKSPACE.test(specifier)) return false;
      const wanted = packageName(specifier);
      return !rules.values.includes(wanted) && !(typeOnly && rules.types.includes(wanted));
    });
    expect(wrong.map(where)).toEqual([]);
  });

  test('stays inside its own folder with relative imports', () => {
    const folder = join(root, 'packages', name);
    const wrong = imports.filter(
      ({ file, specifier }) => specifier.startsWith('.') && !join(file, '..', specifier).startsWith(folder + sep),
    );
    expect(wrong.map(where)).toEqual([]);
  });

  test('declares every package that it imports', () => {
    const { all, development } = manifest(name);
    const wrong = imports.filter(({ specifier, typeOnly }) => {
      if (/^[.#]/.test(specifier) || isBuiltin(specifier)) return false;
      const wanted = packageName(specifier);
      return !all.includes(wanted) && !(typeOnly && (WORKSPACE.test(specifier) || development.includes(wanted)));
    });
    expect(wrong.map(where)).toEqual([]);
  });

  test('has no top-level await', () => {
    const wrong = modulesOf(name).filter((file) => /^(?:const .*= )?await\b/m.test(readFileSync(file, 'utf8')));
    expect(wrong.map((file) => relative(root, file))).toEqual([]);
  });
});

test('goblet has no dependencies at all', () => {
  expect(manifest('goblet').dependencies).toEqual([]);
});

test('every dependency of every package is pinned exactly, but for peers', () => {
  const manifests = ['package.json', ...packages.map((name) => `packages/${name}/package.json`)];
  const loose = manifests.flatMap((file) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, file), 'utf8'));
    return Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, version]) => !/^(npm:@?[^@]+@)?\d+\.\d+\.\d+$/.test(String(version)))
      .map(([dependency, version]) => `${file}: ${dependency} ${String(version)}`);
  });
  expect(loose).toEqual([]);
});

test('every dependency that a package ships with has a line in docs/dependencies.md', () => {
  const documented = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
  const missing = packages
    .flatMap((name) => manifest(name).dependencies)
    .filter((dependency) => !WORKSPACE.test(dependency) && !documented.includes(`| \`${dependency}\``));
  expect([...new Set(missing)]).toEqual([]);
});

test('lock file and manifests carry no download addresses', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved":\s*"\w+:\/\//);
});
