import { expect, it } from 'vitest';
import { jsonSchemaOf } from '../src/dsl/authoring/schema/json-schema.ts';
import { Report } from '../src/tasks/report/report.ts';

it("has the report's JSON Schema as committed; `npm run golden` writes it anew", async () => {
  const schema = { title: 'Report of a recovery', ...jsonSchemaOf(Report, 'output') };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../disasterRecovery/report.schema.json',
  );
});
