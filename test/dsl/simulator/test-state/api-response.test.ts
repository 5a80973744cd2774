import { expect, it } from 'vitest';
import { testState, testStateResponse } from '../../../../src/dsl/index.ts';

it('a result is answered over HTTP as JSON text, but for numbers and structures', async () => {
  const definition = {
    Type: 'Map',
    MaxConcurrency: 3,
    ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } },
    Catch: [{ ErrorEquals: ['Busy'], Next: 'Later' }],
    End: true,
  };
  const mock = { errorOutput: { error: 'Busy' } };
  const result = await testState({ definition, input: [1], mock, inspectionLevel: 'DEBUG' });
  expect(testStateResponse(result)).toEqual({
    status: 'CAUGHT_ERROR',
    error: 'Busy',
    nextState: 'Later',
    output: '{"Error":"Busy","Cause":null}',
    inspectionData: {
      input: '[1]',
      afterInputPath: '[1]',
      afterItemsPath: '[1]',
      maxConcurrency: 3,
      errorDetails: { catchIndex: 0 },
    },
  });
});
