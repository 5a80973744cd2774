import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** One file of JSON for each record. A write is whole or has not happened, whenever the process or machine stops. */
export class RecordFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** @throws Error that names the file when one is not JSON. */
  readAll(): readonly unknown[] {
    return readdirSync(this.#folder)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => {
        const path = join(this.#folder, file);
        try {
          return JSON.parse(readFileSync(path, 'utf8')) as unknown;
        } catch (fault) {
          throw new Error(`${path}: it is no JSON; mend it or move it away`, { cause: fault });
        }
      });
  }

  write(name: string, record: object): void {
    const path = this.#pathOf(name);
    const file = openSync(`${path}.new`, 'w');
    writeFileSync(file, JSON.stringify(record));
    fsyncSync(file);
    closeSync(file);
    renameSync(`${path}.new`, path);
    this.#sync();
  }

  remove(name: string): void {
    rmSync(this.#pathOf(name), { force: true });
    this.#sync();
  }

  /** Names may have letters that file names may not, and file systems may not tell capitals apart. */
  #pathOf(name: string): string {
    const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
    return join(this.#folder, `${name.replaceAll(/[^A-Za-z0-9_-]/g, '_')}-${hash}.json`);
  }

  #sync(): void {
    // Windows opens no folders, and needs none of this.
    if (process.platform === 'win32') return;
    const folder = openSync(this.#folder, 'r');
    fsyncSync(folder);
    closeSync(folder);
  }
}
