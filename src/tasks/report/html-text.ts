/** Text in which everything that is not meant as markup is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Inside = string | number | Markup | readonly Markup[];

/** Markup with values in it: text and numbers are escaped, markup stands as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly Inside[]): Markup {
  return new Markup(
    parts.map((part, index) => part + (index < values.length ? inside(values[index] ?? '') : '')).join(''),
  );
}

function inside(value: Inside): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('\n');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A table that scrolls by itself where the page is narrow; numbers to the right. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly (string | number | Markup)[])[],
): Markup {
  const cell = (value: string | number | Markup): Markup =>
    typeof value === 'number'
      ? html`<td class="number">${value.toLocaleString('en')}</td>`
      : html`<td>${value}</td>`;
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${head.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
