import { contenders, type ContenderName } from './contenders.ts';
import { workloads } from './workloads.ts';

// One contender and one workload (started by runner.ts): each message asks for a turn, and is answered with it.
const [name, at, folder = ''] = process.argv.slice(2);
const run = await contenders[name as ContenderName].ready(workloads[Number(at)]!, folder);

async function turn(): Promise<void> {
  const begun = process.hrtime.bigint();
  const output = await run();
  process.send?.({ output, seconds: Number(process.hrtime.bigint() - begun) / 1e9 });
}

process.on('message', () => void turn());
