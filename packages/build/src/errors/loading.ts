import { coded } from './catalogue.js';

export const GOBLET_BUILD_APP_EXITED =
  'The app ended its process while it loaded. Remove `process.exit` from code that runs at import.';

export const exitCalled = (file: string, exitCode: string | number | null | undefined, stack: string | undefined) =>
  coded('GOBLET_BUILD_APP_EXITED', `${file} called process.exit(${exitCode ?? ''}) while it loaded`, stack);

export const processEnded = (file: string, exitCode: number | NodeJS.Signals | null) =>
  coded('GOBLET_BUILD_APP_EXITED', `${file} ended the process while it loaded (exit code ${exitCode})`);

export const GOBLET_BUILD_APP_NOT_EXPORTED =
  "The entry file does not export an app as `app`. Write `export const app = new App('…')`.";

/** @param exported what the file exports as `app` */
export const noApp = (file: string, exported: unknown) =>
  coded(
    'GOBLET_BUILD_APP_NOT_EXPORTED',
    `${file} ${exported === undefined ? 'does not export' : 'exports something else as'} \`app\`; write \`export const app = new App('…')\``,
  );

export const GOBLET_BUILD_APP_THREW =
  'The app, or goblet.config.ts, threw while it loaded. Its stack trace follows, in lines of its source. Move code that needs the environment, the network or AWS into `setup`.';

export const appThrew = (file: string, { message, stack }: Error) =>
  coded('GOBLET_BUILD_APP_THREW', `${file} threw while it loaded: ${message.split('\n')[0]}`, stack ?? message);

export const GOBLET_BUILD_APP_TIMEOUT =
  'The app did not finish loading: a top-level `await` never resolves, or the app runs for more than 30 seconds. The stack trace below the message points to the `await` or the loop. Goblet loads the app a second time to find it. Move the waiting code into `setup`.';

export const stillLoading = (file: string, milliseconds: number, stack: string | undefined) =>
  coded(
    'GOBLET_BUILD_APP_TIMEOUT',
    `${file} was still loading after ${milliseconds / 1000} seconds; move the waiting code into setup`,
    stack,
  );

export const awaitPending = (file: string, stack: string | undefined) =>
  coded(
    'GOBLET_BUILD_APP_TIMEOUT',
    `${file} waits at a top-level await that never resolves; move the waiting code into setup`,
    stack,
  );

export const GOBLET_BUILD_APP_VERSION =
  'The app was created by a version of `goblet` that these tools cannot read. Install the same version of `goblet` and `@goblet/build`.';

export const unreadableVersion = (file: string, version: unknown) =>
  coded(
    'GOBLET_BUILD_APP_VERSION',
    `${file} uses a goblet whose apps have version ${String(version)}, but these tools read version 1; install the same version of goblet and @goblet/build`,
  );

export const noEventsOfSources = (file: string) =>
  coded(
    'GOBLET_BUILD_APP_VERSION',
    `the goblet of ${file} cannot build events of its sources; install the same version of goblet and @goblet/build`,
  );
