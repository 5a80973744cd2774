import { RecoverySystem } from './recovery-system.ts';
import { TaskError } from './task-error.ts';

/**
 * The system under recovery as a function's environment variable REWIND_SYSTEM describes it.
 * @throws TaskError `InvalidConfiguration` naming every fault of the environment variable by its path.
 */
export function configuredSystem(json: string | undefined): RecoverySystem {
  const remedy = 'set it to the system under recovery as JSON, as the construct does at deploy';
  if (json === undefined || json === '')
    throw new TaskError('InvalidConfiguration', `REWIND_SYSTEM: is not set; ${remedy}`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new TaskError('InvalidConfiguration', `REWIND_SYSTEM: is no JSON; ${remedy}`);
  }
  const parsed = RecoverySystem.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new TaskError('InvalidConfiguration', `REWIND_SYSTEM: ${faults.join('; ')}; ${remedy}`);
}
