// Writes docs/reference/errors.md from the catalogue: node packages/goblet/scripts/errors-page.js (after a build).
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ERROR_CODES } from '../dist/errors/index.js';
import * as goblet from '../dist/index.js';

const row = (...cells) => `| ${cells.join(' | ')} |`;

/** The page, as text. */
export function errorsPage() {
  const classes = Object.entries(goblet)
    .filter(([, value]) => typeof value === 'function' && typeof value.code === 'string' && value.status)
    .sort(([, a], [, b]) => a.status - b.status);
  return [
    '# Errors',
    '',
    '<!-- Written by packages/goblet/scripts/errors-page.js; edit packages/goblet/src/errors instead. -->',
    '',
    '## What clients see',
    '',
    'Every error is answered as `application/problem+json` (RFC 9457) with `title`, `status`, a stable `code`, and `detail`',
    'if there is one. Any error that is neither in this table nor created by `defineError` is a 500 that contains only a',
    '`requestId`, which identifies it in the log; with `debug: true` its message and stack are sent too.',
    '',
    row('code', 'status', 'class', 'title'),
    row('---', '---', '---', '---'),
    ...classes.map(([name, { code, status, title }]) => row(`\`${code}\``, status, `\`${name}\``, title)),
    '',
    'A 422 from a schema lists every issue under `errors`, each with `in` (`params`, `query`, `headers` or `body`), `path` and',
    '`message`.',
    '',
    '## What developers see',
    '',
    'The message of an error that Goblet itself throws or logs starts with one of these codes.',
    '',
    ...Object.entries(ERROR_CODES).flatMap(([code, text]) => [`### ${code}`, '', text, '']),
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL('../../../docs/reference/errors.md', import.meta.url), errorsPage());
