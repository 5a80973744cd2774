import type { Finding } from '../dsl/asl/check/finding.ts';
import { paint } from './progress-line.ts';

/** Findings by file and a closing count, for a terminal. */
export function findingsText(
  files: readonly { readonly file: string; readonly findings: readonly Finding[] }[],
): string {
  const findings = files.flatMap((one) => one.findings);
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length;
  return [
    ...files
      .filter((one) => one.findings.length > 0)
      .flatMap(({ file, findings: own }) => [paint('bold', file), ...own.map(line), '']),
    `${inWords(files.length, 'file')} checked: ${inWords(count('error'), 'error')}, ${inWords(count('warning'), 'warning')}.`,
  ].join('\n');
}

const line = ({ severity, code, place, problem, remedy }: Finding): string =>
  `  ${paint(severity === 'error' ? 'red' : 'yellow', severity.padEnd(7))}  ${code}  ${paint('dim', place)}\n` +
  `           ${problem}; ${remedy}`;

const inWords = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
