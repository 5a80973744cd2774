import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rewindCommand } from '../support/rewind-command.ts';

const { folder, file, run: coverage, remove } = rewindCommand('coverage');
afterAll(remove);

const machine = {
  QueryLanguage: 'JSONata',
  StartAt: 'Big',
  States: {
    Big: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input > 5 %}', Next: 'Ask' }],
      Default: 'Done',
    },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'Ask' },
      Retry: [{ ErrorEquals: ['Never'], MaxAttempts: 0 }, { ErrorEquals: ['A', 'B', 'C', 'D'] }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};

/** As two test files have recorded it: one sees the default, the other a Catcher. */
const records = (hits: object) => [{ name: 'Shop', machine, hits }];
file('one.json', records({ Big: { entered: 2, default: 2 }, Done: { entered: 2, end: 2 } }));
file('two.json', records({ Big: { entered: 1, 'choice 0': 1 }, Ask: { entered: 1, 'catch 0': 1 } }));

const table = `machine     %  all  states  transitions  choices  retries  catches
Shop     75.0  6/8     3/3          0/1      2/2      0/1      1/1

Shop is not covered in
  Ask → Done
  Ask, retry A and 3 others
`;

describe('rewind coverage', () => {
  it('puts together what the tests have recorded, and names what is missing', () => {
    expect(coverage(folder)).toEqual({ status: 0, stdout: table, stderr: '' });
    expect(coverage(folder, '--threshold', '75')).toEqual({ status: 0, stdout: table, stderr: '' });
  });

  it('exits with 1 below the threshold', () => {
    expect(coverage(folder, '--threshold', '75.1')).toEqual({
      status: 1,
      stdout: table,
      stderr: 'rewind: Shop is covered to 75 %, not to 75.1 %\n',
    });
  });

  it('prints JSON', () => {
    expect(JSON.parse(coverage(folder, '--json').stdout)).toMatchObject([
      { name: 'Shop', covered: 6, total: 8, missing: [{ state: 'Ask', mark: 'next' }, { mark: 'retry 1' }] },
    ]);
  });

  it('draws what is covered in green, and what is not red and dashed', () => {
    const pictures = join(folder, 'pictures');
    expect(coverage(folder, '--picture', pictures).status).toBe(0);
    const svg = readFileSync(join(pictures, 'Shop.svg'), 'utf8');
    const edges = [
      ...svg.matchAll(/<g id="edge\d+" class="edge">\s*<title>(.*?)<\/title>\s*<path [^>]*>/g),
    ].map(([text, title = '']) => [
      title.replace('&#45;&gt;', ' → '),
      text.includes('#15803d') ? 'green' : 'red',
      text.includes('stroke-dasharray') ? 'dashed' : 'solid',
    ]);
    expect(edges).toEqual(
      expect.arrayContaining([
        ['(start) → Big', 'green', 'solid'],
        ['Big → Ask', 'green', 'solid'],
        ['Big → Done', 'green', 'solid'],
        ['Ask → Done', 'red', 'dashed'],
        ['Ask → Done', 'green', 'solid'],
        ['Ask → Ask', 'red', 'dashed'],
        ['Done → (end)', 'green', 'solid'],
      ]),
    );
    expect(edges).toHaveLength(7);
    expect(svg).toContain('Shop: 75 %');
  });

  it.each([
    [1, ['gone'], 'gone: there is no coverage; run the tests that record it'],
    [2, ['--threshold', 'all'], 'Give a number from 0 to 100.'],
    [2, ['--threshold', ''], 'Give a number from 0 to 100.'],
  ])('exits with %i and words when it is given %j', (exit, args, words) => {
    const { status, stderr } = coverage(...args);
    expect([status, stderr]).toEqual([exit, expect.stringContaining(words)]);
    expect(stderr).not.toContain('    at ');
  });
});
