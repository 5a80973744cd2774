import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/dsl/asl/machine.ts';
import { compilePath } from '../../../../src/dsl/simulator/jsonpath/path/compile-path.ts';

const shop: Json = {
  name: 'Corner',
  'opening-hours': '9 to 5',
  'a=b,c)': 1,
  owner: { name: 'Grace', phones: ['1', '2'] },
  items: [
    { name: 'tea', price: 3, tags: ['hot', 'leaf'], stock: null },
    { name: 'cup', price: 8, tags: [] },
    { name: 'pot', price: 20, tags: ['hot'], size: { name: 'big' } },
  ],
};

const sources = (input: Json) => ({
  input,
  context: () => ({ Execution: { Id: 'e-1' } }),
  variable: (name: string) => (name === 'limit' ? { most: [7, 8] } : undefined),
});

const find = (path: string, input: Json = shop) => compilePath(path).find(sources(input));

describe('a path that leads to one place', () => {
  it.each<[string, unknown]>([
    ['$', shop],
    ['$.name', 'Corner'],
    ['$.opening-hours', '9 to 5'],
    ["$['opening-hours']", '9 to 5'],
    ['$.a=b,c)', 1],
    ['$["owner"].name', 'Grace'],
    ['$.owner.phones[1]', '2'],
    ['$.owner.phones[-1]', '2'],
    ['$.items[0].stock', null],
    ["$.items[0]['name','price']", { name: 'tea', price: 3 }],
    ['$$.Execution.Id', 'e-1'],
    ['$limit', { most: [7, 8] }],
    ['$limit.most[0]', 7],
  ])('%s', (path, value) => {
    expect(find(path)).toEqual(value);
  });

  it.each([
    [`$['a\\nb']`, 'a\nb'],
    [`$['\\u00e9\\t']`, 'é\t'],
    [`$["it's \\"so\\""]`, `it's "so"`],
    [`$['\\\\']`, '\\'],
  ])('%s takes its escapes as Java does', (path, name) => {
    expect(find(path, { [name]: 1 })).toBe(1);
  });

  it.each(['$.nope', '$.name.length', '$.items[9]', '$.owner[0]', '$other', '$$.Map', '$.constructor'])(
    '%s leads nowhere',
    (path) => {
      expect(find(path)).toBeUndefined();
    },
  );
});

describe('a path that may lead to several places', () => {
  it.each<[string, unknown]>([
    ['$.items[*].name', ['tea', 'cup', 'pot']],
    ['$.owner.*', ['Grace', ['1', '2']]],
    ['$.items[0,2].name', ['tea', 'pot']],
    ['$.items[1:].name', ['cup', 'pot']],
    ['$.items[:1].name', ['tea']],
    ['$.items[-2:].name', ['cup', 'pot']],
    ['$.items[*].size.name', ['big']],
    ['$..price', [3, 8, 20]],
    ['$..size', [{ name: 'big' }]],
    ['$.items..name', ['tea', 'cup', 'pot', 'big']],
    ['$..tags[0]', ['hot', 'hot']],
    ["$..[?(@.name == 'big')]", [{ name: 'big' }]],
    ['$..[?(@.price > 3)].name', ['cup', 'pot']],
    ['$.owner..*', ['Grace', ['1', '2'], '1', '2']],
    ['$.nope[*]', []],
    ['$.nope[1:2].deep', []],
  ])('%s', (path, value) => {
    expect(find(path)).toEqual(value);
  });
});

describe('a filter', () => {
  it.each<[string, readonly string[]]>([
    ['@.price > 3', ['cup', 'pot']],
    ['@.price >= 3 && @.price < 20', ['tea', 'cup']],
    ["@.name == 'tea' || @.name == 'pot'", ['tea', 'pot']],
    ['@.price == "8"', ['cup']],
    ['@.size', ['pot']],
    ['!@.size', ['tea', 'cup']],
    ['@.stock == null', ['tea']],
    ["@.name != 'tea'", ['cup', 'pot']],
    ['@.name =~ /P.T/i', ['pot']],
    ["@.name in ['tea','cup']", ['tea', 'cup']],
    ["@.name nin ['tea','cup']", ['pot']],
    ["@.tags contains 'leaf'", ['tea']],
    ["@.tags anyof ['leaf','cold']", ['tea']],
    ["@.tags subsetof ['hot']", ['cup', 'pot']],
    ['@.tags size 1', ['pot']],
    ['@.tags empty true', ['cup']],
    ['@.price > $.items[0].price', ['cup', 'pot']],
    ['(@.price < 5) || (@.size && @.price > 5)', ['tea', 'pot']],
  ])('%s', (condition, names) => {
    expect(find(`$.items[?(${condition})].name`)).toEqual(names);
  });
});

describe('a function at the end', () => {
  it.each<[string, unknown]>([
    ['$.items.length()', 3],
    ['$..price.max()', undefined],
    ['$..price.min()', undefined],
    ['$.items[*].price.sum()', undefined],
    ['$.items[*].price.avg()', undefined],
    ['$.items[*].price.stddev()', undefined],
    ['$.owner.keys()', ['name', 'phones']],
    ['$.owner.phones.first()', '1'],
    ['$.owner.phones.last()', '2'],
    ['$.owner.phones.index(1)', '2'],
    ['$.owner.phones.concat("-", $.name)', '12-Corner'],
    ['$.owner.phones.append("3")', ['1', '2', '3']],
    ['$.name.length()', undefined],
  ])('%s', (path, value) => {
    expect(find(path)).toEqual(value);
  });
});

describe('why a path finds nothing', () => {
  it.each([
    ['$.nope', "No results for path: $['nope']"],
    ['$.owner.nope.deep', "Missing property in path $['owner']['nope']"],
    [
      '$.items[9].name',
      "Expected to find an object with property ['name'] in path $['items'][9] but found 'null'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.",
    ],
    ['$.items[9][0]', "The path $['items'][9] is null"],
    [
      '$.owner[0]',
      `Filter: [0] can only be applied to arrays. Current context is: ${JSON.stringify(shop.owner)}`,
    ],
    [
      '$.name.first',
      "Expected to find an object with property ['first'] in path $['name'] but found " +
        "'com.fasterxml.jackson.databind.node.TextNode'. This is not a json object according to the JsonProvider: " +
        "'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.",
    ],
  ])('%s', (path, why) => {
    expect(compilePath(path).why(sources(shop))).toBe(why);
  });
});

it.each(['name', '$.', '$.a[', '$.a[x]', "$['a", '$.a b', '$.a.nope()', '$[?(@.a == )]'])(
  'refuses %s, which is no path',
  (path) => {
    expect(() => compilePath(path)).toThrow(`'${path}' needs`);
  },
);
