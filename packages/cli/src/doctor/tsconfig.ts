import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Finding, fail, ok, type Patient, warn } from './finding.js';
import { installedPackage } from './installed-package.js';
import { atLeast } from './version.js';

type CompilerOptions = Readonly<Record<string, unknown>>;

function nearest(from: string): string | undefined {
  const file = join(from, 'tsconfig.json');
  if (existsSync(file)) return file;
  return from === dirname(from) ? undefined : nearest(dirname(from));
}

/**
 * The module resolution: as configured, else as that version of TypeScript derives it from `module`
 * ("moduleResolution").
 */
function resolution({ module, moduleResolution }: CompilerOptions, version: string): string {
  if (typeof moduleResolution === 'string') return moduleResolution.toLowerCase();
  const kind = typeof module === 'string' ? module.toLowerCase() : '';
  if (/^node\d*(next)?$/.test(kind) || kind === 'nodenext') return kind;
  if (kind === 'preserve' || atLeast(version, '6')) return 'bundler';
  return kind === 'commonjs' || kind === '' ? 'node10' : 'classic';
}

/** Compiler options that hide goblet's types, or make them less useful. */
export function optionFindings(options: CompilerOptions, version: string, file: string): readonly Finding[] {
  const findings: Finding[] = [];
  const found = resolution(options, version);
  if (/^(node|node10|classic)$/.test(found)) {
    const remedy = 'set "module": "nodenext", or "moduleResolution": "bundler"';
    findings.push(
      fail(
        'tsconfig',
        `${file} resolves imports as ${found}, which does not support exports: goblet/testing is not found`,
        remedy,
      ),
    );
  }
  if (options.strict !== true && !(options.strict === undefined && atLeast(version, '6'))) {
    findings.push(
      warn('tsconfig', `${file} is not strict, so the types of handlers are less precise`, 'set "strict": true'),
    );
  }
  return findings.length > 0 ? findings : [ok('tsconfig', `${file}, resolves imports as ${found}`)];
}

/** The options of the nearest tsconfig.json, as the project's own compiler reads them. */
export function tsconfigFindings({ directory }: Patient): readonly Finding[] {
  const file = nearest(directory);
  if (file === undefined)
    return [warn('tsconfig', 'there is no tsconfig.json', 'npx tsc --init, and "module": "nodenext"')];
  const compiler = installedPackage('typescript', directory);
  if (compiler === undefined) return [];
  const name = relative(directory, file);
  const tsc = join(compiler.folder, 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--showConfig', '--project', file], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    const [reason = ''] = stdout.trim().split('\n');
    return [fail('tsconfig', `${name} is refused by tsc: ${reason}`, 'fix it there')];
  }
  const { compilerOptions = {} }: { readonly compilerOptions?: CompilerOptions } = JSON.parse(stdout);
  return optionFindings(compilerOptions, compiler.version, name);
}
