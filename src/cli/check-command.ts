import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { codes, type FindingCode } from '../dsl/asl/check/codes.ts';
import type { CheckOptions } from '../dsl/asl/check/check-options.ts';
import type { Finding } from '../dsl/asl/check/finding.ts';
import { checkText } from '../dsl/asl/check-text.ts';
import { findingsText } from './findings-text.ts';
import { textOf } from './text-of.ts';

interface CheckCommandOptions {
  readonly express?: true;
  readonly denyWarnings?: true;
  readonly json?: true;
  readonly explain?: FindingCode;
}

/** A definition's findings. */
export interface CheckedFile {
  readonly file: string;
  readonly findings: readonly Finding[];
}

const EXAMPLE = `
Example:
  rewind check parent.asl.json child.asl.json --deny-warnings

A child machine is found by its file's name: child.asl.json is meant by "\${child}", "\${childArn}" and an ARN that
ends in :stateMachine:child.`;

/** `rewind check`: what is wrong with definitions, before they are deployed. */
export const checkCommand = (): Command =>
  new Command('check')
    .summary('finds what is wrong with definitions in the Amazon States Language')
    .description(
      'Checks state machine definitions without AWS, all problems at once: what Step Functions would refuse, ' +
        'what would fail an execution, and what is a risk. JSONata and JSONPath, Standard and Express. Exit status ' +
        '1 when there is an error.',
    )
    .argument('[files...]', 'definitions, such as machine.asl.json')
    .option('--express', 'the machines are Express ones (default: Standard)')
    .option('--deny-warnings', 'exit with status 1 on warnings, too')
    .option('--json', 'print the findings as JSON')
    .addOption(new Option('--explain <code>', 'say what a code means').argParser(findingCode))
    .addHelpText('after', EXAMPLE)
    .action(async (files: readonly string[], options: CheckCommandOptions, command: Command) => {
      if (options.explain !== undefined) {
        console.log(explanation(options.explain));
        return;
      }
      if (files.length === 0) command.error("error: missing required argument 'files'");
      const checked = await checkFiles(files, options.express ? 'EXPRESS' : 'STANDARD');
      console.log(options.json ? JSON.stringify(checked, null, 2) : findingsText(checked));
      const findings = checked.flatMap((one) => one.findings);
      if (findings.some(({ severity }) => severity === 'error' || options.denyWarnings)) process.exitCode = 1;
    });

async function checkFiles(
  files: readonly string[],
  type: CheckOptions['type'],
): Promise<readonly CheckedFile[]> {
  const texts = await Promise.all(files.map(async (file) => [file, await textOf(file)] as const));
  const machines = new Map(
    texts.flatMap(([file, text]) => {
      const definition = parsed(text);
      return definition === undefined
        ? []
        : [[basename(file).replace(/(\.asl)?\.json$/, ''), definition] as const];
    }),
  );
  return texts.map(([file, text]) => ({ file, findings: checkText(text, { type, machines }) }));
}

/** What is not JSON is told by the check of its own text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function findingCode(text: string): string {
  if (Object.hasOwn(codes, text)) return text;
  throw new InvalidArgumentError(
    `There is no code '${text}'. The codes are ${Object.keys(codes).join(', ')}.`,
  );
}

function explanation(code: FindingCode): string {
  const { severity, meaning, awsCode } = { awsCode: undefined, ...codes[code] };
  const told = awsCode === undefined ? '' : `\nStep Functions' own code: ${awsCode}`;
  return `${severity} ${code}: ${meaning}${told}`;
}
