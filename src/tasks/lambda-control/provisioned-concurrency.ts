import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { isNamed } from '../aws-error.ts';
import type { LambdaControlPlane } from './control-plane.ts';

/** Instances that Lambda keeps ready for an alias or a version of a function. */
export interface ProvisionedConcurrency {
  readonly functionName: string;
  /** The alias or version. */
  readonly qualifier: string;
  /** How many were asked for, be they there already or not. */
  readonly requested: number;
}

/** What is provisioned of a function, alias by alias and version by version. */
export async function provisionedConcurrency(
  functionName: string,
  plane: LambdaControlPlane,
): Promise<ProvisionedConcurrency[]> {
  const found: ProvisionedConcurrency[] = [];
  let Marker: string | undefined;
  do {
    const asked = new ListProvisionedConcurrencyConfigsCommand({ FunctionName: functionName, Marker });
    const page = await plane.ask((lambda) => lambda.send(asked));
    for (const { FunctionArn = '', ...config } of page?.ProvisionedConcurrencyConfigs ?? [])
      found.push({
        functionName,
        qualifier: FunctionArn.slice(FunctionArn.lastIndexOf(':') + 1),
        requested: config.RequestedProvisionedConcurrentExecutions ?? 0,
      });
    Marker = page?.NextMarker;
  } while (Marker);
  return found;
}

/** How much is provisioned now; `gone` when the alias or version does not exist. */
export async function provisionedNow(
  one: ProvisionedConcurrency,
  plane: LambdaControlPlane,
): Promise<number | 'absent' | 'gone'> {
  const asked = new GetProvisionedConcurrencyConfigCommand(placeOf(one));
  try {
    const answer = await plane.ask((lambda) => lambda.send(asked));
    return answer === undefined ? 'gone' : (answer.RequestedProvisionedConcurrentExecutions ?? 'absent');
  } catch (error) {
    if (isNamed(error, 'ProvisionedConcurrencyConfigNotFoundException')) return 'absent';
    throw error;
  }
}

/** Asks for as much as is said; it takes Lambda some minutes to provide it. */
export async function provide(one: ProvisionedConcurrency, plane: LambdaControlPlane): Promise<void> {
  const asked = new PutProvisionedConcurrencyConfigCommand({
    ...placeOf(one),
    ProvisionedConcurrentExecutions: one.requested,
  });
  await plane.change((lambda) => lambda.send(asked));
}

/** Gives up what is provisioned; nothing to do where nothing is. */
export async function giveUp(one: ProvisionedConcurrency, plane: LambdaControlPlane): Promise<void> {
  const asked = new DeleteProvisionedConcurrencyConfigCommand(placeOf(one));
  await plane.change((lambda) => lambda.send(asked));
}

const placeOf = ({ functionName, qualifier }: ProvisionedConcurrency) => ({
  FunctionName: functionName,
  Qualifier: qualifier,
});
