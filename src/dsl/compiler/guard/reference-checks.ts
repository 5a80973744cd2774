import type { JsonObject } from '../../asl/machine.ts';
import type { Checking } from './checking.ts';
import { type Place, text } from './place.ts';
import { recursive, target } from './references.ts';

/** `$ref`: what it points to, in place, or, where that leads back to itself, by a function. */
export class References {
  readonly #root: JsonObject;
  readonly #bodies = new Map<string, readonly string[]>();
  readonly #entrances: Place[] = [];
  #outside = true;

  constructor(root: JsonObject) {
    this.#root = root;
  }

  checks(reference: string, place: Place, checking: Checking): readonly string[] {
    const schema = target(reference, this.#root);
    if (schema === undefined) {
      checking.leave(place, `the reference ${reference}`);
      return [];
    }
    if (!recursive(reference, this.#root)) return checking.faults(schema, place);
    if (this.#outside) this.#entrances.push(place);
    if (!this.#bodies.has(reference)) this.#define(reference, schema, checking);
    const level = this.#outside ? '1' : '$level + 1';
    return [`${checking.use('schema')}(${text(reference)}, ${place.value}, ${place.path}, ${level})`];
  }

  #define(reference: string, schema: JsonObject, checking: Checking): void {
    this.#bodies.set(reference, []);
    const outside = this.#outside;
    this.#outside = false;
    const depth = this.#bodies.size + 3;
    const place: Place = { value: '$value', path: '$path', label: `(${reference})`, loops: 0, depth };
    this.#bodies.set(reference, checking.faults(schema, place));
    this.#outside = outside;
  }

  /** Where a recursive schema is entered. */
  get entrances(): readonly Place[] {
    return this.#entrances;
  }

  /** JSONata that defines the function, once every schema has been walked; below so many levels it finds nothing. */
  definition(levels: number): string {
    const ways = [...this.#bodies].map(
      ([reference, checks]) => `$name = ${text(reference)} ? [${checks.join(', ')}]`,
    );
    return (
      '$schema := function($name, $value, $path, $level) ' +
      `{ $level > ${levels} ? [] : ${ways.join(' : ')} }`
    );
  }
}
