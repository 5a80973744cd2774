/** Thrown for work that would not end by itself, or not soon enough. */
export class Endless extends Error {}
