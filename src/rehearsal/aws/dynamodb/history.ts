import type { WireItem } from './wire-item.ts';

/** What one key held from one instant on. */
export interface Image {
  /** When it was written: milliseconds on the rehearsal's clock. */
  readonly at: number;
  /** The item as JSON; undefined when the key was deleted. Text is a fraction of the parsed item's size. */
  readonly text: string | undefined;
  /** The item's size as DynamoDB counts it, in bytes; 0 when deleted. */
  readonly bytes: number;
}

/**
 * Every state that every key of a table ever had. It is what point-in-time recovery restores from, and the
 * rehearsal's ground truth. Writes of one key arrive in the engine's own order.
 */
export class TableHistory {
  readonly #images = new Map<string, Image[]>();
  #itemCount = 0;
  #bytes = 0;

  /** How many items the table holds now. */
  get itemCount(): number {
    return this.#itemCount;
  }

  /** The size of the table now, as DynamoDB counts it. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param key the engine's own key: equal for equal DynamoDB keys. */
  record(key: string, image: Image): void {
    const images = this.#images.get(key);
    const last = images?.at(-1);
    if (last === undefined && image.text === undefined) return;
    this.#itemCount += Number(image.text !== undefined) - Number(last?.text !== undefined);
    this.#bytes += image.bytes - (last?.bytes ?? 0);
    if (images === undefined) {
      this.#images.set(key, [image]);
      return;
    }
    if (last?.text === image.text) return;
    // No restore can tell two writes of one instant apart; the later one stands for both.
    if (last?.at === image.at) images[images.length - 1] = image;
    else images.push(image);
  }

  /** What each key held at an instant, writes of that very millisecond included; absent keys left out. */
  *asOf(at: number): Generator<[key: string, image: Image & { readonly text: string }]> {
    for (const [key, images] of this.#images) {
      const image = images.findLast((candidate) => candidate.at <= at);
      if (image?.text !== undefined) yield [key, image as Image & { readonly text: string }];
    }
  }

  /** The items at an instant, parsed. */
  *itemsAt(at: number): Generator<WireItem> {
    for (const [, image] of this.asOf(at)) yield JSON.parse(image.text) as WireItem;
  }
}
