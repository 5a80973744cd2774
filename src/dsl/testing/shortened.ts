/** Characters of a value that a message shows. */
const room = 1000;

/** A text for a message: of a very long one the beginning, and how much more there is. */
export const shortened = (text: string): string =>
  text.length <= room ? text : `${text.slice(0, room)}… (${text.length - room} characters more)`;
