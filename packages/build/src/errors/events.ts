import { coded } from './catalogue.js';

export const GOBLET_BUILD_SEND =
  'An event was requested for a source that the app does not have, or with contents that the source does not carry. The message lists the sources, or says what is wrong.';

export const recordNeeded = (kind: string, source: string) =>
  coded('GOBLET_BUILD_SEND', `the ${kind} ${source} needs a record; give one`);

export const noSuchSource = (source: string, app: string, file: string, sources: readonly string[]) =>
  coded(
    'GOBLET_BUILD_SEND',
    `the app ${app} in ${file} has no source ${source}; its sources: ${sources.join(', ') || 'none'}`,
  );

export const recordRefused = (kind: string, source: string, reason: string) =>
  coded('GOBLET_BUILD_SEND', `the ${kind} ${source} does not accept this record: ${reason}`);

export const noTime = (source: string) =>
  coded('GOBLET_BUILD_SEND', `the schedule ${source} takes a time, such as "2026-11-28T10:00:00Z"`);

export const recordsTooLarge = (source: string, characters: number, most: number) =>
  coded(
    'GOBLET_BUILD_SEND',
    `the records for ${source} have ${characters} characters of JSON, but at most ${most} are allowed; give the event itself`,
  );
