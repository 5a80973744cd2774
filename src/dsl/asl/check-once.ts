import { createHash } from 'node:crypto';
import { checkMachine } from './check-machine.ts';
import type { Finding } from './check/finding.ts';
import { isObject } from './check/json-value.ts';
import { isDeeper } from './check/nesting.ts';

type MachineType = 'STANDARD' | 'EXPRESS';

/** Texts whose findings are remembered. */
const MOST = 500;

const byObject: { readonly [type in MachineType]: WeakMap<object, readonly Finding[]> } = {
  STANDARD: new WeakMap(),
  EXPRESS: new WeakMap(),
};
/** By the digest of a definition's JSON text, the newest last. */
const byText = new Map<string, readonly Finding[]>();

/**
 * What `checkMachine` finds in the JSON of a definition. The same object is checked once, and so are others of the
 * same text; so it must not be changed after it was first given.
 */
export function checkOnce(definition: unknown, type: MachineType = 'STANDARD'): readonly Finding[] {
  if (!isObject(definition) || isDeeper(definition)) return checkMachine(definition, { type });
  const known = byObject[type].get(definition);
  if (known !== undefined) return known;
  const findings = checkText(JSON.stringify(definition), type);
  byObject[type].set(definition, findings);
  return findings;
}

function checkText(text: string, type: MachineType): readonly Finding[] {
  const digest = createHash('sha256').update(type).update(text).digest('base64');
  const known = byText.get(digest);
  if (known !== undefined) return known;
  const findings = checkMachine(JSON.parse(text), { type });
  byText.set(digest, findings);
  const [oldest] = byText.keys();
  if (byText.size > MOST && oldest !== undefined) byText.delete(oldest);
  return findings;
}
