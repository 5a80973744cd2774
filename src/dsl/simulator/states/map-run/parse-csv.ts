import type { JsonObject } from '../../../asl/machine.ts';

/** Delimiters by their names in ReaderConfig. */
export const csvDelimiters: { readonly [name: string]: string } = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/**
 * The rows of a text-delimited file as objects of text. Missing fields are empty and further ones left out, empty
 * lines skipped. Undefined when two headers are the same. @param headers those given; without them the first row has them.
 */
export function parseCsv(
  text: string,
  delimiter: string,
  headers?: readonly string[],
): readonly JsonObject[] | undefined {
  const rows = readRows(text, delimiter);
  const names = headers ?? rows.shift() ?? [];
  if (new Set(names).size < names.length) return undefined;
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
}

/** Rows of fields; a field in double quotes may hold delimiters, line ends and doubled quotes (RFC 4180). */
export function readRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endField = () => {
    row.push(field);
    field = '';
  };
  const endRow = () => {
    endField();
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === delimiter) endField();
    else if (character === '\n') endRow();
    else if (character !== '\r' || text[at + 1] !== '\n') field += character;
  }
  endRow();
  return rows;
}
