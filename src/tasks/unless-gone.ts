import { isNamed } from './aws-error.ts';

/** What a call answers; undefined when what it is about does not exist: EventBridge Pipes says it its own way. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException', 'NotFoundException')) return undefined;
    throw error;
  }
}
