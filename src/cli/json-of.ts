import type { Json } from '../dsl/asl/machine.ts';
import { textOf } from './text-of.ts';

/** A file's JSON. @throws Error that names the file. */
export async function jsonOf(file: string): Promise<Json> {
  const text = await textOf(file);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Error(`${file}: it is no JSON: ${(error as Error).message}`, { cause: error });
  }
}
