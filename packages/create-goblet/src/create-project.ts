import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateError } from './create-error.js';
import { invalidName, isFile, notEmpty } from './errors/project.js';

const TEMPLATE = fileURLToPath(new URL('../templates/rest', import.meta.url));

/** Package names that npm accepts, without a scope. */
const PACKAGE_NAME = /^[a-z][a-z0-9-]{0,63}$/;

function className(name: string): string {
  return name.replace(/(^|-)([a-z0-9])/g, (_match, _dash, letter: string) => letter.toUpperCase());
}

function refuseOccupied(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new CreateError(isFile(folder));
  const there = readdirSync(folder).filter((name) => name !== '.git');
  if (there.length > 0) throw new CreateError(notEmpty(folder, there[0]));
}

/**
 * Writes a new project: an app with one route, its test, its CDK stack.
 *
 * @param folder the project's folder, created if it is missing; its last part is the project's name
 * @param gobletVersion the exact version of Goblet's packages to depend on
 * @returns the files written, relative to the folder
 * @throws CreateError for a name that npm refuses and for a folder that is not empty: nothing is overwritten
 */
export function createProject(folder: string, gobletVersion: string): string[] {
  const target = resolve(folder);
  const name = basename(target);
  if (!PACKAGE_NAME.test(name)) throw new CreateError(invalidName(name));
  refuseOccupied(target);
  const values: Readonly<Record<string, string>> = { name, Name: className(name), goblet: gobletVersion };
  const files = readdirSync(TEMPLATE, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(TEMPLATE, file)).isFile(),
  );
  const written = files.map((file) => {
    // npm leaves .gitignore files out of packages, so the template's file has another name.
    const path = file.replace(/_gitignore$/, '.gitignore');
    const content = readFileSync(join(TEMPLATE, file), 'utf8').replace(
      /\{\{(\w+)\}\}/g,
      (placeholder, key: string) => values[key] ?? placeholder,
    );
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
    return path;
  });
  return written.sort();
}
