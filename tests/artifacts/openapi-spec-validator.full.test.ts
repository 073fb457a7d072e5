import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { openApi, renderDocument, takeInventory } from '@goblet/build';
import { expect, test } from 'vitest';
import { root } from '../processes/commands.js';
import { OPENAPI_APPS } from './openapi-apps.js';

const PYTHON = ['-c', 'import sys, json; from openapi_spec_validator import validate; validate(json.load(sys.stdin))'];
const atHand = spawnSync('python3', ['-c', 'import openapi_spec_validator'], { stdio: 'ignore' }).status === 0;

test.for(OPENAPI_APPS)(
  'the OpenAPI document of %s is valid to openapi-spec-validator (skipped where it is not installed)',
  async (entry, { skip }) => {
    skip(!atHand, 'openapi-spec-validator is not installed');
    const { inventory } = await takeInventory({ entry: join(root, entry), onOutput: () => {} });
    const input = renderDocument(openApi(inventory), 'json');
    const { status, stderr } = spawnSync('python3', PYTHON, { input, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  },
);
