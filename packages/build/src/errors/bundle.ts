import { coded } from './catalogue.js';

export const GOBLET_BUILD_BUNDLE_FAILED =
  'The source does not compile, or imports something that does not exist. The message has the place; all messages of the bundler follow.';

/** @param first the first message of the bundler, with its place, in front of the others */
export const notBundled = (first: string, others: readonly string[]) =>
  coded(
    'GOBLET_BUILD_BUNDLE_FAILED',
    `${first}${others.length > 0 ? ` (and ${others.length} more)` : ''}`,
    [first, ...others].join('\n'),
  );

export const GOBLET_BUILD_INCLUDE = '`include` names a path that does not exist or is outside the project.';

export const includedOutside = (path: string, project: string) =>
  coded('GOBLET_BUILD_INCLUDE', `${path} is outside the project ${project}`);

export const includedMissing = (path: string, project: string) =>
  coded('GOBLET_BUILD_INCLUDE', `${path} to include does not exist in ${project}`);

export const GOBLET_BUILD_NATIVE_PACKAGE =
  "The app imports a package that loads a native build from its own folder, such as `better-sqlite3`, `bcrypt` or `sharp`. It cannot be part of the bundle. Name it in `external`, and put an installation for the function's architecture beside the bundle with `include`, or into a layer.";

export const nativePackage = (name: string, importer: string) =>
  coded(
    'GOBLET_BUILD_NATIVE_PACKAGE',
    `${importer} imports ${name}, whose native build cannot be bundled; leave it out with external ${JSON.stringify(name)}, and put an installation for Lambda beside the bundle with include, or into a layer`,
  );
