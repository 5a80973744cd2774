import type { Json } from '../src/dsl/asl/machine.ts';
import { StateFailure, type SimulatedFunction } from '../src/dsl/index.ts';

/**
 * A function that does what a small Python handler says: return its event, a text made of it, or a literal; or
 * raise an exception. Undefined for anything longer.
 */
export function pythonHandler(source: string): SimulatedFunction | undefined {
  const raised = raising(source);
  if (raised !== undefined)
    return () => {
      throw raised;
    };
  const returned = /^\s+return (.+)$/m.exec(source)?.[1];
  if (returned === undefined) return undefined;
  if (returned === 'event') return (event) => event;
  const template = /^f"([^"]*)"$/.exec(returned)?.[1];
  if (template !== undefined)
    return (event) => template.replaceAll('{event}', typeof event === 'string' ? event : pythonText(event));
  try {
    const value = JSON.parse(returned.replaceAll("'", '"')) as Json;
    return () => value;
  } catch {
    return undefined;
  }
}

/** What Lambda's Python runtime reports of the exception that the handler raises. */
function raising(source: string): StateFailure | undefined {
  const lines = source.split('\n');
  const at = lines.findIndex((line) => line.trim().startsWith('raise '));
  const [, errorType, double, single] = /raise (\w+)\((?:"([^"]*)"|'([^']*)')?\)/.exec(lines[at] ?? '') ?? [];
  if (errorType === undefined) return undefined;
  const place = `  File "/var/task/handler.py", line ${at + 1}, in handler\n    ${lines[at]?.trim()}\n`;
  const report = {
    errorMessage: double ?? single ?? '',
    errorType,
    requestId: '00000000-0000-0000-0000-000000000000',
    stackTrace: [place],
  };
  return new StateFailure(errorType, JSON.stringify(report));
}

/** A value as Python prints it. */
export function pythonText(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(pythonText).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value as { readonly [key: string]: Json });
  return `{${members.map(([key, item]) => `'${key}': ${pythonText(item)}`).join(', ')}}`;
}

/** A value as Python's json.dumps writes it: with a space behind each colon and comma. */
export function pythonJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(pythonJson).join(', ')}]`;
  const members = Object.entries(value as { readonly [key: string]: Json });
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}: ${pythonJson(item)}`).join(', ')}}`;
}
