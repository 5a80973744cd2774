import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A command of `rewind`, run as a user does in a process of its own, and a folder for its files. */
export function rewindCommand(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `rewind-${name}-`));
  return {
    folder,
    /** Writes a file there, text as it is and anything else as JSON. Returns its path. */
    file: (file: string, content: unknown): string => {
      const path = join(folder, file);
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    },
    run: (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/rewind.js', name, ...args], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, HOME: folder },
      });
      return { status, stdout, stderr };
    },
    /** Runs it while this process answers its calls of AWS, which may be made with any credentials. */
    runBeside: (...args: string[]) => {
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        AWS_ACCESS_KEY_ID: 'none',
        AWS_SECRET_ACCESS_KEY: 'none',
        NODE_NO_WARNINGS: '1',
      };
      return promisify(execFile)(process.execPath, ['bin/rewind.js', name, ...args], { env }).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        (error: { code: number; stdout: string; stderr: string }) => error,
      );
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
