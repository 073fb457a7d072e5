import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { notGenerated } from '../errors/program.js';
import { CloudError } from './cloud-error.js';

/**
 * A file that the build generated: compressed, with a header and then a JSON object a line, each beginning with its
 * `name`. One is found without parsing the others; the file is read at first use, so that a cloud that does not need it
 * does not wait for it.
 */
export class GeneratedLines {
  readonly #file: URL;
  #content: Buffer | undefined;

  constructor(file: URL) {
    this.#file = file;
  }

  /** The line of a name, as JSON text. */
  find(name: string): string | undefined {
    const content = this.#read();
    const start = content.indexOf(`\n{"name":${JSON.stringify(name)},`) + 1;
    return start === 0 ? undefined : content.toString('utf8', start, content.indexOf('\n', start));
  }

  /** Every line, by name. @throws CloudError GOBLET_CLOUD_SPEC_MISSING */
  all(): readonly string[] {
    return this.#read().toString().split('\n').slice(1, -1);
  }

  #read(): Buffer {
    try {
      this.#content ??= gunzipSync(readFileSync(this.#file));
    } catch (cause) {
      throw new CloudError(notGenerated(this.#file.pathname), { cause });
    }
    return this.#content;
  }
}
