import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
    remove: () => rmSync(folder, { recursive: true }),
  };
}
