/** Definitions as text, and what is found in them. */
export const texts: readonly {
  readonly name: string;
  readonly text: string;
  readonly finds: readonly string[];
}[] = [
  {
    name: 'a sound definition',
    text: '{"StartAt": "A", "States": {"A": {"Type": "Succeed", "Comment": "\\u00e9 \\"quoted\\""}}}',
    finds: [],
  },
  { name: 'no JSON at all', text: 'not a definition', finds: ['invalid-json 1:1'] },
  { name: 'nothing', text: ' \n', finds: ['not-an-object /'] },
  { name: 'a list', text: '[1, -2.5e3, true, null, "a"]', finds: ['not-an-object /'] },
  { name: 'a comma too many in an object', text: '{\n  "StartAt": "A",\n}', finds: ['invalid-json 3:1'] },
  { name: 'a comma too many in a list', text: '[1,]', finds: ['invalid-json 1:4'] },
  { name: 'a comma too few', text: '{"a": 1\n "b": 2}', finds: ['invalid-json 2:2'] },
  { name: 'a colon too few', text: '{"a" 1}', finds: ['invalid-json 1:6'] },
  { name: 'a key without quotes', text: '{a: 1}', finds: ['invalid-json 1:2'] },
  { name: 'a key that is no text', text: '{1: 1}', finds: ['invalid-json 1:2'] },
  { name: 'a string over two lines', text: '{"a": "b\nc"}', finds: ['invalid-json 1:7'] },
  { name: 'an unknown escape', text: String.raw`{"a": "\x"}`, finds: ['invalid-json 1:7'] },
  { name: 'an object that is not closed', text: '{"a": {', finds: ['invalid-json 1:8'] },
  { name: 'lists without end in each other', text: '['.repeat(5000), finds: ['too-deeply-nested 1:1002'] },
  { name: 'something after the end', text: '{} {}', finds: ['invalid-json 1:4'] },
  {
    name: 'a state that is written twice',
    text: '{"StartAt": "A", "States": {"A": {"Type": "Fail"}, "A": {"Type": "Succeed"}}}',
    finds: ['duplicate-key /States/A'],
  },
];
