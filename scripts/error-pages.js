// npm run docs:errors (after a build): writes the reference pages of errors from each package's catalogue.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const entries = (catalogue) => Object.entries(catalogue).flatMap(([code, text]) => ['', `### ${code}`, '', text]);

const page = (sources, ...lines) => {
  const catalogues = sources.map((source) => `packages/${source}/src/errors`).join(' and ');
  return [`<!-- Written by scripts/error-pages.js; edit ${catalogues} instead. -->`, '', ...lines, ''].join('\n');
};

/** @param catalogues `ERROR_CODES` and `WARNING_CODES` of `@goblet/build` */
export const buildErrorsPage = ({ ERROR_CODES, WARNING_CODES }) =>
  page(
    ['build'],
    '# Errors of the build',
    '',
    '`goblet inventory`, `openapi`, `client`, `package`, `local` and the construct put one of these codes in front of an error in the app or its',
    'options.',
    ...entries(ERROR_CODES),
    '',
    '# Warnings of the build',
    '',
    'A warning is not an error in the app, but may keep it from being deployed or reached. `goblet inventory` and `goblet package` print warnings on',
    "standard error; the construct reports them as CDK warnings. The quotas are AWS's defaults. AWS raises them on request, which no tool can",
    'know. If AWS raised yours, acknowledge the warning by its code:',
    "`Annotations.of(webApi).acknowledgeWarning('GOBLET_BUILD_QUOTA_RESOURCES', 'raised to 600')`.",
    ...entries(WARNING_CODES),
  );

/** @param catalogues `ERROR_CODES` of `@goblet/cdk` */
export const constructErrorsPage = ({ ERROR_CODES }) =>
  page(
    ['cdk'],
    '# Errors of the construct',
    '',
    "The construct throws a `GobletError` at synth. The message starts with a code and has the line of the app's source if there is one. Codes that",
    'start with `GOBLET_BUILD_` come from taking the inventory: they describe an app that is invalid whatever it is bound to.',
    ...entries(ERROR_CODES),
  );

/**
 * @param cli `ERROR_CODES` of `@goblet/cli`
 * @param create `ERROR_CODES` of `create-goblet`
 */
export const cliErrorsPage = (cli, create) =>
  page(
    ['cli', 'create-goblet'],
    '# Errors of the command line',
    '',
    'The `goblet` command ends with exit code 1 and one of these codes, or with a code of [the build](build-errors.md) for an error in the app. Exit',
    'code 2 is an error in the command itself.',
    ...entries(cli.ERROR_CODES),
    '',
    '# Errors of a new project',
    '',
    '`goblet new` and `npm create goblet` end with exit code 1 and one of these codes if they cannot create the project.',
    ...entries(create.ERROR_CODES),
  );

/** @param catalogues `ERROR_CODES` of `@goblet/cloud` */
export const cloudErrorsPage = ({ ERROR_CODES }) =>
  page(
    ['cloud'],
    '# Errors of the local cloud',
    '',
    '`goblet cloud` and `goblet dev` end with exit code 1 and one of these codes if the cloud cannot start or continue. Errors of the AWS APIs have',
    "AWS's own codes.",
    ...entries(ERROR_CODES),
  );

/** The pages by name, and the packages of whose catalogues each is made. */
export const PAGES = {
  'build-errors.md': { from: ['build'], write: buildErrorsPage },
  'construct-errors.md': { from: ['cdk'], write: constructErrorsPage },
  'cloud-errors.md': { from: ['cloud'], write: cloudErrorsPage },
  'cli-errors.md': { from: ['cli', 'create-goblet'], write: cliErrorsPage },
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, { from, write }] of Object.entries(PAGES)) {
    const catalogueOf = (source) => import(new URL(`../packages/${source}/dist/errors/index.js`, import.meta.url).href);
    const catalogues = await Promise.all(from.map(catalogueOf));
    writeFileSync(new URL(`../docs/reference/${name}`, import.meta.url), write(...catalogues));
  }
