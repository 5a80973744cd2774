import { codes, type CodeMeaning } from '../../src/dsl/asl/check/codes.ts';

const HEAD = `# Checks

What \`checkMachine\`, \`checkText\` and \`rewind check\` find in a definition in the Amazon States Language, before it is deployed. They need no AWS account.

An **error** is what Step Functions refuses, or what fails an execution that gets there. A **warning** is a risk that someone may have good reasons to take. The codes are stable. The last column is the code that Step Functions itself gives (ValidateStateMachineDefinition), where it has one. \`rewind check --explain <code>\` says the same.
`;

/** The table of all codes as markdown, before it is formatted. */
export function checksPage(): string {
  const rows = Object.entries<CodeMeaning>(codes).map(
    ([code, { severity, meaning, awsCode }]) =>
      `| \`${code}\` | ${severity} | ${meaning.replaceAll('|', '\\|')} | ${awsCode === undefined ? '' : `\`${awsCode}\``} |`,
  );
  return [
    HEAD,
    '| code | severity | what it means | Step Functions |',
    '| - | - | - | - |',
    ...rows,
    '',
  ].join('\n');
}
