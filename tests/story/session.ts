import { spawnSync } from 'node:child_process';
import { GOBLET, plainEnvironment } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';
import { Project } from './project.js';

/** `goblet dev` on a copy of the users service. */
export class Session implements AsyncDisposable {
  readonly project: Project;
  readonly dev: RunningProcess;

  constructor(name: string, { args = ['WebApiDev', '--port', '0'], prepare = (_project: Project) => {} } = {}) {
    this.project = new Project(`dev-${name}`);
    prepare(this.project);
    this.dev = RunningProcess.start(process.execPath, [GOBLET, 'dev', ...args], {
      cwd: this.project.infra,
      env: plainEnvironment,
    });
  }

  /** Where the API answers. */
  async url(): Promise<string> {
    await this.dev.printed(/watching web-api/);
    const [, url = ''] = await this.dev.printed(/WebApiDev\.EndpointURL (http:\S+)/);
    return url;
  }

  /** Resolves when something more than what is printed already is printed so many times. */
  async more(pattern: RegExp): Promise<string> {
    const count = [...this.dev.output.matchAll(new RegExp(pattern, 'g'))].length;
    const [text] = await this.dev.printed(new RegExp(`(?:${pattern.source}[\\s\\S]*?){${count + 1}}`));
    return text;
  }

  /** Edits a file, and resolves when what is to come of it is printed. */
  async edit(file: string, what: string | RegExp, replacement: string, printed: RegExp): Promise<string> {
    const told = this.more(printed);
    this.project.edit(file, what, replacement);
    return told;
  }

  /** Whatever runs with the project's folder among its arguments. */
  processes(): string[] {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'stat=,args='], { encoding: 'utf8' });
    return stdout.split('\n').filter((line) => line.includes(this.project.folder) && !line.startsWith('Z'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dev[Symbol.asyncDispose]();
    await this.project[Symbol.asyncDispose]();
  }
}

/** The text that an address answers with. */
export const body = async (url: string) => (await fetch(url)).text();
