import { coded } from './catalogue.js';

export const GOBLET_BUILD_ENTRY_NOT_FOUND =
  'There is no app in the expected place. Name its file with `--entry`, or in package.json as `"goblet": { "entry": "…" }`.';

export const noSuchEntry = (file: string) =>
  coded('GOBLET_BUILD_ENTRY_NOT_FOUND', `${file} does not exist; give the file that exports \`app\``);

export const noEntryIn = (folder: string, expected: readonly string[]) =>
  coded(
    'GOBLET_BUILD_ENTRY_NOT_FOUND',
    `${folder} has no ${expected.join(' and no ')}; name the app's file in package.json as "goblet": { "entry": "…" }`,
  );

export const unreadableManifest = (file: string, reason: string) =>
  coded('GOBLET_BUILD_ENTRY_NOT_FOUND', `${file} cannot be read (${reason}); fix it`);

export const GOBLET_BUILD_CONFIG_NOT_FOUND = '`--config` names a file that does not exist.';

export const noSuchConfig = (file: string) =>
  coded('GOBLET_BUILD_CONFIG_NOT_FOUND', `${file} does not exist; name the file with the stage options`);
