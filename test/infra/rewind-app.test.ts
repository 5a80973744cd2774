import { Template } from 'aws-cdk-lib/assertions';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rewindApp, type RewindApp } from '../../infra/rewind-app.ts';
import { readSystemConfig } from '../../infra/system-config.ts';
import { text } from './text.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-app-test-'));
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

let synthesised: RewindApp;
let assembly: CloudAssembly;
let pipeline: Template;
beforeAll(() => {
  // CDK tells of each bundle.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  synthesised = rewindApp({ outdir: join(folder, 'cdk.out') });
  assembly = synthesised.app.synth();
  pipeline = Template.fromJSON(assembly.getStackByName('ShopRecoveryPipeline').template as object);
}, 60_000);

function configFile(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

test('synthesises the recovery and its pipeline, which deploys the same stack', () => {
  expect(assembly.stacks.map(({ stackName }) => stackName).sort()).toEqual([
    'ShopRecovery',
    'ShopRecoveryPipeline',
  ]);
  const [production] = assembly.nestedAssemblies;
  expect(production?.nestedAssembly.stacks.map(({ stackName }) => stackName)).toEqual(['ShopRecovery']);
});

test('deploys bundled code: one module for each function, and nothing else', () => {
  const { functions } = synthesised.recovery.recovery;
  const folders = readdirSync(assembly.directory).filter((name) => name.startsWith('asset.'));
  expect(folders.map((name) => readdirSync(join(assembly.directory, name)))).toEqual(
    Array.from({ length: functions.size }, () => ['index.mjs']),
  );
});

test('protects the stack of the recovery from deletion, and says how to start and whom to subscribe', () => {
  const { recovery: stack } = synthesised;
  expect(stack.terminationProtection).toBe(true);
  expect(Object.keys(Template.fromStack(stack).findOutputs('*')).sort()).toEqual([
    'DrillMachineArn',
    'FailureTopicArn',
    'ItemReaderArns',
    'LedgerTable',
    'MachineArn',
    'SensitiveItemReaderArns',
  ]);
});

test('delivers in order: source, verification, the pipeline itself, the code, the recovery', () => {
  const [delivery] = Object.values(pipeline.findResources('AWS::CodePipeline::Pipeline'));
  const stages = delivery?.Properties.Stages as { Name: string; Actions: { Name: string }[] }[];
  expect(stages.map(({ Name }) => Name)).toEqual([
    'Source',
    'Build',
    'UpdatePipeline',
    'Assets',
    'Production',
  ]);
  expect(stages.at(-1)?.Actions.map(({ Name }) => Name)).toEqual(['Prepare', 'Deploy']);
});

test('verifies each commit as a developer does before anything is synthesised', () => {
  const specs = Object.values(pipeline.findResources('AWS::CodeBuild::Project')).map(
    ({ Properties }) => Properties.Source.BuildSpec as unknown,
  );
  const synth = specs
    .filter((spec): spec is string => typeof spec === 'string')
    .map((spec) => JSON.parse(spec) as { phases: { build: { commands: string[] } }; artifacts?: object })
    .find(({ artifacts }) => artifacts !== undefined);
  expect(synth?.phases.build.commands).toEqual(['npm ci', 'npm run verify', 'npx cdk synth --quiet']);
  expect(synth?.artifacts).toMatchObject({ 'base-directory': 'cdk.out' });
});

test('takes the system from the file that the context names', () => {
  const prices = { millionWriteUnits: 0.7, millionReadUnits: 0.14, restoredGigabyte: 0.2 };
  const file = configFile(
    'library.json',
    JSON.stringify({
      prefix: 'Library',
      tables: [{ name: 'books' }, { name: 'loans', sensitive: true }],
      functions: {
        prefix: 'library-',
        tags: [{ key: 'app', value: 'library' }],
        stacks: ['LibraryStack'],
      },
      encryptionKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555',
      restoredNameSuffix: '-DataEventsLog',
      reportBucket: { name: 'library-reports', prefix: 'recoveries' },
      prices,
      drill: { schedule: 'rate(30 days)' },
      groups: [['books', 'loans']],
      longestFreezeHours: 3,
    }),
  );
  const library = rewindApp({ outdir: join(folder, 'library.out'), context: { config: file } });
  expect(library.recovery.stackName).toBe('Library');
  expect(library.pipeline).toBeUndefined();
  const [environment] = Object.values(
    Template.fromStack(library.recovery).findResources('AWS::Lambda::Function'),
  ).map(({ Properties }) => text(Properties.Environment.Variables.REWIND_SYSTEM));
  expect(JSON.parse(environment ?? '')).toMatchObject({
    ledgerTable: 'Library-ledger',
    tables: [{ name: 'books' }, { name: 'loans', sensitive: true }],
    restoredNameSuffix: '-DataEventsLog',
    reportBucket: { name: 'library-reports', prefix: 'recoveries' },
    groups: [['books', 'loans']],
    functions: {
      prefix: 'library-',
      tags: [{ key: 'app', value: 'library' }],
      stacks: ['LibraryStack'],
    },
    prices,
  });
  const rules = Object.values(Template.fromStack(library.recovery).findResources('AWS::Events::Rule'));
  expect(rules.map(({ Properties }) => Properties.ScheduleExpression)).toContain('rate(30 days)');
  expect(JSON.stringify(rules)).toContain('longestHours\\":3');
});

test('refuses a configuration with faults, naming file and place of each', () => {
  const file = configFile(
    'faulty.json',
    JSON.stringify({ tables: [{ name: 'a/b' }], functions: { prefixes: ['x'] } }),
  );
  expect(() => readSystemConfig(file)).toThrow(
    /faulty\.json › tables\.0\.name: .*\n.*faulty\.json › functions: /s,
  );
});

test('refuses a configuration that is no JSON', () => {
  expect(() => readSystemConfig(configFile('text.json', 'tables: orders'))).toThrow(
    'text.json: cannot be read as JSON',
  );
});
