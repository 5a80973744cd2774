import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a folder for this process alone, as two that write the same files would spoil them. Returns its release. What
 * a process has left behind that is gone holds nobody up.
 * @throws Error that names the folder and the process that has it, or why nothing can be written there.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const holder = holderOf(path);
  if (holder !== undefined && holder !== process.pid && isAlive(holder))
    throw new Error(
      `${folder}: it is in use by the endpoint in process ${holder}; stop that one, or give another folder`,
    );
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, String(process.pid));
  } catch (fault) {
    throw new Error(
      `${folder}: nothing can be kept there (${(fault as Error).message}); give another folder, or the right to write`,
      { cause: fault },
    );
  }
  return () => rmSync(path, { force: true });
}

function holderOf(path: string): number | undefined {
  try {
    return Number(readFileSync(path, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    // It is there, and somebody else's.
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}
