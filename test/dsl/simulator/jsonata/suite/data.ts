/** What the expressions of the suite see, by the variables' names. */
export const data = {
  order: {
    id: 'o-7',
    customer: { name: { first: 'Ada', last: 'Lovelace' }, tags: ['gold', 'eu'] },
    lines: [
      { sku: 'a', name: 'Hat', price: 10, quantity: 2, colours: ['red', 'blue'] },
      { sku: 'b', name: 'Coat', price: 100.5, quantity: 1, colours: ['black'] },
      { sku: 'c', name: 'Gloves', price: 7.25, quantity: 4, colours: [] },
      { sku: 'a', name: 'Cap', price: 12, quantity: 1 },
    ],
    note: null,
    paid: false,
    nested: [
      [1, 2],
      [3, [4]],
    ],
    'odd name': 'odd',
  },
  people: [
    {
      name: 'Bo',
      age: 31,
      phones: [
        { kind: 'home', number: '1' },
        { kind: 'work', number: '2' },
      ],
    },
    { name: 'Al', age: 25, phones: [{ kind: 'home', number: '3' }] },
    { name: 'Cy', age: 31, phones: [] },
  ],
  numbers: [3, 1, 2],
  words: ['pear', 'fig', 'apple'],
  empty: [],
  one: [5],
  mixed: [1, 'a', true, null],
  text: 'the quick brown fox',
  time: 1_510_067_557_121,
};
