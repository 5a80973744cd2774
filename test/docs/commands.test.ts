import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as lambda from '@aws-sdk/client-lambda';
import * as sfn from '@aws-sdk/client-sfn';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rehearseCommand } from '../../src/cli/rehearse-command.ts';
import { reportCommand } from '../../src/cli/report-command.ts';
import { startCommand } from '../../src/cli/start-command.ts';
import { statusCommand } from '../../src/cli/status-command.ts';
import { thawCommand } from '../../src/cli/thaw-command.ts';

const PAGES = ['README.md', 'disasterRecovery/README.md', 'disasterRecovery/api.md'];
/** Where words for people are made. */
const SOURCES = ['src/cli', 'src/tasks', 'src/workflow', 'infra'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);

const texts = [...PAGES, ...SOURCES].map((file) => ({ file, text: readFileSync(file, 'utf8') }));

const COMMANDS = new Map(
  [rehearseCommand(), reportCommand(), startCommand(), statusCommand(), thawCommand()].map((command) => [
    command.name(),
    ['--help', ...command.options.map(({ long }) => long)],
  ]),
);

const CLIENTS: Readonly<Record<string, object>> = { dynamodb, lambda, stepfunctions: sfn };

describe('a command that a person is told', () => {
  it('of AWS is an operation of its API', () => {
    const told = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/\baws (dynamodb|lambda|stepfunctions) ([a-z-]+)/g)].map(
        ([, service = '', operation = '']) => ({ file, service, operation }),
      ),
    );
    expect(told.length).toBeGreaterThan(15);
    const unknown = told
      .filter(({ service, operation }) => {
        const name = operation.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
        return !Object.hasOwn(CLIENTS[service] ?? {}, `${name}Command`);
      })
      .map(({ file, service, operation }) => `${file}: aws ${service} ${operation}`);
    expect(unknown).toEqual([]);
  });

  it('of rewind has the options that it is told with', () => {
    const told = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/npx rewind (rehearse|report|start|status|thaw)\b([^`\n]*)/g)].map(
        ([line, name = '', rest = '']) => ({ where: `${file}: ${line}`, name, rest }),
      ),
    );
    expect(told.length).toBeGreaterThan(15);
    const unknown = told.flatMap(({ where, name, rest }) =>
      [...rest.replace(/ and delete .*| #.*/, '').matchAll(/(?<= )--[a-z-]+/g)]
        .filter(([option]) => !COMMANDS.get(name)?.includes(option))
        .map(([option]) => `${where}: ${option}`),
    );
    expect(unknown).toEqual([]);
  });

  it('of rewind on an incident says in which ledger', () => {
    const whole = PAGES.flatMap((page) => [
      ...readFileSync(page, 'utf8').matchAll(/npx rewind (?:report|status|thaw) [a-z0-9-]+42\b[^`\n]*/g),
    ]);
    expect(whole.length).toBeGreaterThan(4);
    for (const [command] of whole) expect(command).toContain(' --ledger ');
  });
});
