import { checkText } from '../../asl/check-text.ts';
import { isRefused, refusalText } from '../../asl/creation.ts';
import type { StateMachine } from '../../asl/machine.ts';
import { variableReferences } from '../../asl/variable-references.ts';
import { readMachine } from '../../simulator/check-machine.ts';
import { SimulationError } from '../../simulator/simulation-error.ts';
import { stateMachineReference } from '../arn.ts';
import type { Revision, StateMachineRecord } from '../catalog/state-machine.ts';
import type { Service } from '../service.ts';
import { invalid, ServiceError } from '../service-error.ts';
import { noMachine } from './start-execution.ts';

/**
 * The machine that a bare ARN is of.
 * @throws ServiceError InvalidArn, StateMachineDoesNotExist, ValidationException for a version or an alias
 */
export function findMachine(text: string, service: Service): StateMachineRecord {
  const { arn, qualifier } = stateMachineReference(text);
  if (qualifier !== undefined)
    throw invalid(`This operation takes no version and no alias of a state machine: '${text}'`);
  const machine = service.catalog.machine(arn);
  if (machine === undefined) throw noMachine(text);
  return machine;
}

/** What descriptions tell of a revision. */
export function describeRevision(revision: Revision, withDefinition: boolean): object {
  const { definition, roleArn, revisionId } = revision;
  const references = variableReferences(JSON.parse(definition));
  return {
    definition: withDefinition ? definition : '{}',
    roleArn,
    loggingConfiguration: revision.loggingConfiguration,
    tracingConfiguration: revision.tracingConfiguration,
    encryptionConfiguration: revision.encryptionConfiguration,
    ...(revisionId === undefined ? {} : { revisionId }),
    ...(withDefinition && Object.keys(references).length > 0 ? { variableReferences: references } : {}),
  };
}

/**
 * Checks a definition as CreateStateMachine does.
 * @throws ServiceError InvalidDefinition with all that Step Functions would refuse.
 */
export function checkDefinition(definition: string, type: Revision['type']): void {
  const refused = checkText(definition, { type }).filter(isRefused);
  if (refused.length > 0) throw invalidDefinition(refusalText(refused));
  const unreadable = whyUnreadable(definition);
  if (unreadable !== undefined) throw invalidDefinition(unreadable);
}

/** Why a definition cannot be run that is not refused; undefined when it can. */
export function whyUnreadable(definition: string): string | undefined {
  try {
    readMachine(JSON.parse(definition) as StateMachine, 'machine');
    return undefined;
  } catch (fault) {
    if (!(fault instanceof SimulationError)) throw fault;
    return fault.message.replace(/^state machine 'machine'(:| is) /, '');
  }
}

const invalidDefinition = (what: string): ServiceError =>
  new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${what}'`);
