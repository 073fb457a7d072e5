import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';

const parent = join(root, '.story', `local-${process.pid}`);

export interface TrialOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** `goblet local` on an app of its own, which a test may edit. */
export class Trial implements AsyncDisposable {
  readonly folder: string;
  readonly file: string;
  readonly local: RunningProcess;

  /** @param name of the app's folder; tests that run at once have one each */
  constructor(name: string, source: string, { args = ['--port', '0'], env = {} }: TrialOptions = {}) {
    this.folder = join(parent, name);
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, 'package.json'), '{ "name": "trial", "type": "module", "private": true }');
    this.file = join(this.folder, 'app.ts');
    writeFileSync(this.file, source);
    this.local = RunningProcess.start(process.execPath, [GOBLET, 'local', ...args], {
      cwd: this.folder,
      env: { ...plainEnvironment, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', ...env },
    });
  }

  async base(): Promise<string> {
    const [, base = ''] = await this.local.printed(/serving on (http:\S+)/);
    return base;
  }

  edit(change: (source: string) => string): void {
    writeFileSync(this.file, change(readFileSync(this.file, 'utf8')));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.local[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
