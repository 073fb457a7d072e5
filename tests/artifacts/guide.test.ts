import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERROR_CODES, WARNING_CODES } from '../../packages/build/src/errors/index.js';
import { project } from '../../packages/build/src/fixtures/project.js';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';

const page = readFileSync(join(root, 'docs', 'guide', 'artifacts.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

test('every command of the guide to artifacts does what it says, with the configuration that stands there', () => {
  using service = project({});
  cpSync(join(root, 'examples', 'users-service', 'web-api'), service.folder, { recursive: true });
  writeFileSync(service.path('goblet.config.ts'), blocks('ts').join('\n'));
  const commands = blocks('sh').flatMap((text) => text.trim().split('\n'));
  expect(commands.length).toBeGreaterThanOrEqual(7);
  for (const command of commands) {
    const [, , ...args] = command.split(' ');
    const { status, stderr } = spawnSync(process.execPath, [GOBLET, ...args], {
      cwd: service.folder,
      env: plainEnvironment,
      encoding: 'utf8',
    });
    expect(status, `${command}\n${stderr}`).toBe(0);
  }
  for (const file of ['openapi.yaml', 'src/web-api-client.ts', 'out/sam.json', 'out/deployment.zip']) {
    expect(readFileSync(service.path(file)).length).toBeGreaterThan(0);
  }
});

test('every error and every warning of the build has an entry in its reference, and the reference has no other', () => {
  const reference = readFileSync(join(root, 'docs/reference/build-errors.md'), 'utf8');
  const [errors, warnings] = reference.split('# Warnings of the build');
  const entries = (text = '') => [...text.matchAll(/^### (\w+)$/gm)].map(([, code]) => code);
  expect(entries(errors)).toEqual(Object.keys(ERROR_CODES).sort());
  expect(entries(warnings)).toEqual(Object.keys(WARNING_CODES).sort());
});
