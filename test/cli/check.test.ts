import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rewindCommand } from '../support/rewind-command.ts';

const { folder, file: definition, run: check, remove } = rewindCommand('check');
afterAll(remove);

const sound = { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };
const parent = {
  StartAt: 'Child',
  States: {
    Child: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: '${child}', 'Name.$': '$.n' },
      TimeoutSeconds: 60,
      End: true,
    },
  },
};

describe('rewind check', () => {
  it('prints the findings of every file, and exits with 1 when one is an error', () => {
    const faulty = definition('faulty.asl.json', { StartAt: 'Done', States: { Done: { Type: 'Succed' } } });
    const { status, stdout } = check(
      faulty,
      definition('sound.asl.json', sound),
      definition('no.json', '{"a" 1}'),
    );
    expect(status).toBe(1);
    expect(stdout).toContain(`${faulty}\n`);
    expect(stdout).toContain('  error    unknown-value  /States/Done/Type\n');
    expect(stdout).toContain('there is no Type "Succed"; write Succeed');
    expect(stdout).toContain('error    invalid-json  1:6\n           expected \':\', got "1}"');
    expect(stdout).not.toContain('sound.asl.json');
    expect(stdout).toMatch(/3 files checked: \d errors, 0 warnings\.\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  it('finds a child by the name of its file, and exits with 0 on warnings unless they are denied', () => {
    const files = [definition('parent.asl.json', parent), definition('child.asl.json', sound)];
    const { status, stdout } = check(...files);
    expect(status).toBe(0);
    expect(stdout).toContain('warning  child-outlasts-parent  /States/Child/TimeoutSeconds');
    expect(check(...files, '--deny-warnings').status).toBe(1);
  });

  it('checks as Express, and prints JSON', () => {
    const file = definition('express.json', parent);
    const { status, stdout } = check('--express', '--json', file);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      {
        file,
        findings: [
          expect.objectContaining({
            code: 'not-in-express',
            severity: 'error',
            state: 'Child',
            place: '/States/Child/Resource',
            awsCode: 'SCHEMA_VALIDATION_FAILED',
          }),
        ],
      },
    ]);
  });

  it('explains a code', () => {
    const { status, stdout } = check('--explain', 'missing-end');
    expect(status).toBe(0);
    expect(stdout).toBe(
      "error missing-end: The machine has no state that ends it.\nStep Functions' own code: MISSING_END_STATE\n",
    );
  });

  it('refuses an unknown code, a missing file and no file, and says so', () => {
    const unknown = check('--explain', 'nonsense');
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain("There is no code 'nonsense'");
    const missing = check(join(folder, 'nowhere.json'));
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain('nowhere.json: there is no such file');
    const none = check();
    expect(none.status).toBe(2);
    expect(none.stderr).toContain("missing required argument 'files'");
  });
});
