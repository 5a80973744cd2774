import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import type { Item } from './sensitive-items.ts';

/** What an expression's placeholders stand for. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
}

const TOKEN = /\s*([()=,]|<>|[#:]?\w+)/gy;

/** DynamoDB's condition and update expressions as far as the ledger's records need them; anything else throws. */
class Expression {
  readonly #tokens: string[];
  readonly #item: Item;
  readonly #placeholders: Placeholders;

  constructor(text: string, item: Item, placeholders: Placeholders) {
    this.#tokens = [...text.matchAll(TOKEN)].map(([, token = '']) => token);
    if (this.#tokens.join('').length !== text.replaceAll(/\s/g, '').length)
      throw new Error(`the memory ledger cannot read: ${text}`);
    this.#item = item;
    this.#placeholders = placeholders;
  }

  get atEnd(): boolean {
    return this.#tokens.length === 0;
  }

  /** `a OR b AND NOT c`. Both sides of an operator are read, whatever the first one is. */
  condition(): boolean {
    let holds = this.#all();
    while (this.taken('OR')) {
      const other = this.#all();
      holds ||= other;
    }
    return holds;
  }

  #all(): boolean {
    let holds = this.#one();
    while (this.taken('AND')) {
      const other = this.#one();
      holds &&= other;
    }
    return holds;
  }

  #one(): boolean {
    if (this.taken('NOT')) return !this.#one();
    if (this.taken('(')) return this.#closed(this.condition());
    if (this.taken('attribute_exists')) return this.#argument() !== undefined;
    if (this.taken('attribute_not_exists')) return this.#argument() === undefined;
    const left = this.value();
    if (this.taken('=')) return isDeepStrictEqual(left, this.value());
    if (this.taken('<>')) return !isDeepStrictEqual(left, this.value());
    this.#expect('IN');
    return this.#list().some((each) => isDeepStrictEqual(left, each));
  }

  #argument(): AttributeValue | undefined {
    this.#expect('(');
    return this.#closed(this.value());
  }

  #list(): (AttributeValue | undefined)[] {
    this.#expect('(');
    const all = [this.value()];
    while (this.taken(',')) all.push(this.value());
    return this.#closed(all);
  }

  /** An attribute, `:value`, or `if_not_exists(attribute, value)`. */
  value(): AttributeValue | undefined {
    if (this.taken('if_not_exists')) {
      this.#expect('(');
      const first = this.value();
      this.#expect(',');
      const second = this.value();
      return this.#closed(first ?? second);
    }
    const [token = ''] = this.#tokens;
    if (!token.startsWith(':')) return this.#item[this.name()];
    this.#tokens.shift();
    return this.#placeholders.ExpressionAttributeValues?.[token];
  }

  /** An attribute's name. */
  name(): string {
    const token = this.#tokens.shift() ?? '';
    if (!/^#?\w+$/.test(token)) throw new Error(`the memory ledger expected a name, got '${token}'`);
    return token.startsWith('#') ? (this.#placeholders.ExpressionAttributeNames?.[token] ?? '') : token;
  }

  taken(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }

  assigned(): AttributeValue | undefined {
    this.#expect('=');
    return this.value();
  }

  #closed<T>(value: T): T {
    this.#expect(')');
    return value;
  }

  #expect(token: string): void {
    if (!this.taken(token))
      throw new Error(`the memory ledger expected '${token}', got '${this.#tokens[0]}'`);
  }
}

/** Whether a record, or the lack of one, meets a condition; without a condition it does. */
export function meets(
  item: Item | undefined,
  condition: string | undefined,
  placeholders: Placeholders,
): boolean {
  return condition === undefined || new Expression(condition, item ?? {}, placeholders).condition();
}

/** A record after `SET …` and `REMOVE …`; every value is that of before. */
export function updated(item: Item, expression: string, placeholders: Placeholders): Item {
  const read = new Expression(expression, item, placeholders);
  const changed = { ...item };
  while (!read.atEnd) {
    const sets = read.taken('SET');
    if (!sets && !read.taken('REMOVE')) throw new Error(`the memory ledger cannot do: ${expression}`);
    do {
      const name = read.name();
      const value = sets ? read.assigned() : undefined;
      if (value === undefined) delete changed[name];
      else changed[name] = value;
    } while (read.taken(','));
  }
  return changed;
}
