import { answerMessages } from '../child.ts';
import { contenders, type ContenderName } from './contenders.ts';
import { workloads } from './workloads.ts';

// One contender and one workload (started by runner.ts): each message asks for a turn, and is answered with it.
const [name, at, folder = ''] = process.argv.slice(2);
const run = await contenders[name as ContenderName].ready(workloads[Number(at)]!, folder);

answerMessages(async () => {
  const begun = process.hrtime.bigint();
  const output = await run();
  return { output, seconds: Number(process.hrtime.bigint() - begun) / 1e9 };
});
