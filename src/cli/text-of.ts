import { readFile } from 'node:fs/promises';

/** A file's text. @throws Error that names the file. */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new Error(`${file}: ${why}`, { cause: error });
  }
}
