import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/tasks/handler.ts';
import { ItemCalls, OutOfTime } from '../../../src/tasks/item/item-calls.ts';

function environment(seconds: number): Environment & { readonly pauses: number[] } {
  const pauses: number[] = [];
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
  return { clock, deadline: seconds * 1000, pauses } as unknown as Environment & { pauses: number[] };
}

const failing = (name: string) => () =>
  Promise.reject(Object.assign(new Error('the key {"pk":"secret"} is bad'), { name }));

describe('ItemCalls', () => {
  it('passes an error on under its own name, with operation and table but without its message', async () => {
    const sending = new ItemCalls(environment(60), 's').send(
      'PutItem',
      'orders',
      failing('ValidationException'),
    );
    await expect(sending).rejects.toMatchObject({ name: 'ValidationException' });
    const error = (await sending.catch((caught: unknown) => caught)) as Error;
    expect(error.message).toContain('PutItem on orders');
    expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain('secret');
  });

  it('does not let a strange name through', async () => {
    await expect(
      new ItemCalls(environment(60), 's').send('Scan', 'orders', failing('pk=secret')),
    ).rejects.toMatchObject({
      name: 'UnknownError',
    });
  });

  it('waits out throttling with growing, jittered pauses', async () => {
    const around = environment(600);
    let tries = 0;
    const answer = await new ItemCalls(around, 's').send('Scan', 'orders', async () => {
      tries += 1;
      if (tries < 12) return failing('ProvisionedThroughputExceededException')();
      return 'page';
    });
    expect(answer).toBe('page');
    expect(around.pauses).toHaveLength(11);
    around.pauses.forEach((pause, attempt) =>
      expect(pause).toBeLessThanOrEqual(Math.min(5000, 50 * 2 ** attempt)),
    );
    expect(Math.max(...around.pauses)).toBeGreaterThan(500);
    expect(new Set(around.pauses).size).toBeGreaterThan(8);
  });

  it.each([
    { name: 'InternalServerError' },
    { name: 'ReplicatedWriteConflictException' },
    { name: 'ServiceUnavailable' },
    { name: 'TimeoutError' },
    { name: 'Error', code: 'ECONNRESET' },
    { name: 'Error', code: 'ETIMEDOUT' },
    { name: 'Error', code: 'EAI_AGAIN' },
    { name: 'Error', code: 'ENOTFOUND' },
    { name: 'Error', code: 'EHOSTUNREACH' },
    { name: 'Error', code: 'ENETUNREACH' },
  ])('waits out a fault that passes: %j', async (fault) => {
    const around = environment(60);
    const answers = [Object.assign(new Error('broken off'), fault), 'page'];
    const sending = new ItemCalls(around, 's').send('Scan', 'orders', async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    });
    await expect(sending).resolves.toBe('page');
    expect(around.pauses).toHaveLength(1);
  });

  it.each([{ name: 'AccessDeniedException' }, { name: 'AccessDeniedException', code: 'ENOENT' }])(
    'does not repeat what will not pass: %j',
    async (fault) => {
      const around = environment(60);
      let tries = 0;
      const sending = new ItemCalls(around, 's').send('Scan', 'orders', async () => {
        tries += 1;
        throw Object.assign(new Error('no'), fault);
      });
      await expect(sending).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringMatching(
          /^Scan on orders failed with AccessDeniedException; a policy of .* the table or of its key denies it/,
        ),
      });
      expect(tries).toBe(1);
      expect(around.pauses).toEqual([]);
    },
  );

  it('gives up in time to answer when throttling does not end', async () => {
    const around = environment(60);
    const sending = new ItemCalls(around, 's').send('Scan', 'orders', failing('ThrottlingException'));
    await expect(sending).rejects.toBeInstanceOf(OutOfTime);
    expect(around.clock.now()).toBeLessThan(around.deadline - 5_000);
  });

  it('draws the same pauses from the same seed and others from another', async () => {
    const pauses = async (seed: string) => {
      const around = environment(30);
      await new ItemCalls(around, seed).send('Scan', 't', failing('ThrottlingException')).catch(() => {});
      return around.pauses;
    };
    expect(await pauses('a')).toEqual(await pauses('a'));
    expect(await pauses('a')).not.toEqual(await pauses('b'));
  });
});
