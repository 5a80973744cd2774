/**
 * Nothing is of this type: in the last overload of an operator it puts a sentence into the checker's complaint
 * about a call that is refused.
 */
export interface Mistake<Sentence extends string> {
  readonly error: Sentence;
}

/** What a type is, in a word; texts of a closed set by name. */
export type Kind<T> = [T] extends [string]
  ? string extends T
    ? 'a text'
    : `'${T}'`
  : [T] extends [number]
    ? 'a number'
    : [T] extends [boolean]
      ? 'true or false'
      : [T] extends [readonly unknown[]]
        ? 'a list of its kind'
        : 'a value of its kind';
