import { codes, type CodeMeaning } from '../../src/dsl/asl/check/codes.ts';

const HEAD = `# Checks

What \`checkMachine\`, \`checkText\` and \`rewind check\` find in a definition in the Amazon States Language, before it is deployed. They need no AWS account.

An **error** is what Step Functions refuses, or what fails an execution that gets there. A **warning** is a risk that someone may have good reasons to take. The codes are stable.

Errors marked **refused** are those for which CreateStateMachine refuses a definition. So does Rewind, wherever it would be created or run: \`simulate()\`, \`testMachine()\` and \`rewind simulate\` tell all of them before the run, each with its place and what to change, and \`rewind serve\` answers \`InvalidDefinition\`. The other errors fail an execution that gets there, here as on AWS, and warnings hinder nothing. The last column is the code that Step Functions itself gives (ValidateStateMachineDefinition), where it has one. \`rewind check --explain <code>\` says the same.
`;

/** The table of all codes as markdown, before it is formatted. */
export function checksPage(): string {
  const rows = Object.entries<CodeMeaning>(codes).map(
    ([code, { severity, refused, meaning, awsCode }]) =>
      `| \`${code}\` | ${severity}${refused ? ', refused' : ''} | ${meaning.replaceAll('|', '\\|')} | ${awsCode === undefined ? '' : `\`${awsCode}\``} |`,
  );
  return [
    HEAD,
    '| code | severity | what it means | Step Functions |',
    '| - | - | - | - |',
    ...rows,
    '',
  ].join('\n');
}
