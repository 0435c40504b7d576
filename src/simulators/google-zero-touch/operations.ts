import type { JsonObject } from '../json.ts';
import type { Ledger } from '../ledger.ts';
import { VERBS, type Verb } from './batch-verbs.ts';
import type { Registry } from './holding.ts';
import { type OperationStage, stageAfter, stageAtRead, stuck } from './operation-stage.ts';
import { omitUnset } from './proto-json.ts';
import { type DeviceResult, failedResult, refusedResult, successResult } from './refusal.ts';

/** A batch at the vendor: plain data, so that it can be dumped. */
export interface Operation {
  readonly name: string;
  readonly partnerId: string;
  readonly verb: Verb;
  /** The items that could be parsed, as sent. */
  readonly items: readonly JsonObject[];
  /** Items that fail by order of a fault: index to status. */
  readonly condemned: Readonly<Record<number, string>>;
  readonly submittedAtMs: number;
  /** The request that started it, for the ledger; undefined after a dump was loaded. */
  readonly ledgerSeq: number | undefined;
  /** One result for each item worked on so far, in order. */
  readonly results: DeviceResult[];
  /** How often it was read. */
  reads: number;
  /** Halted half way until it is released. */
  stuck: boolean;
  /** Nobody can read it any more; its work goes on. */
  vanished: boolean;
}

export interface Operations {
  start(operation: Omit<Operation, 'results' | 'reads' | 'vanished'>): Operation;
  find(name: string): Operation | undefined;
  /** Counts a read and shows the operation as it stands after it. */
  read(operation: Operation, nowMs: number): JsonObject;
  /** Does the work that is due by now, oldest operation first. */
  settle(nowMs: number): void;
  /** Lets stuck operations go on: all, or the one of that name. Returns how many. */
  release(name: string | undefined): number;
  list(): readonly Operation[];
  restore(operations: readonly Operation[]): void;
}

const TYPE = 'type.googleapis.com/google.android.device.provisioning.v1.DevicesLongRunningOperation';

const PROCESSING_STATUS: Readonly<Record<OperationStage['stage'], string>> = {
  pending: 'BATCH_PROCESS_PENDING',
  running: 'BATCH_PROCESS_IN_PROGRESS',
  processed: 'BATCH_PROCESS_PROCESSED',
  done: 'BATCH_PROCESS_PROCESSED',
};

export function createOperations(registry: Registry, ledger: Ledger): Operations {
  const pace = registry.settings.operations;
  let operations = new Map<string, Operation>();
  let working: Operation[] = [];

  function stageOf(operation: Operation, nowMs: number): OperationStage {
    const stage =
      'advance' in pace
        ? stageAtRead(operation.reads)
        : stageAfter(nowMs - operation.submittedAtMs, pace.afterMs);
    return operation.stuck ? stuck(stage) : stage;
  }

  function workOn(operation: Operation, nowMs: number): void {
    const due = Math.floor(stageOf(operation, nowMs).share * operation.items.length);
    while (operation.results.length < due) {
      operation.results.push(workOnNext(registry, ledger, operation));
    }
  }

  return {
    start(wanted) {
      const operation = { ...wanted, results: [], reads: 0, vanished: false };
      operations.set(operation.name, operation);
      working.push(operation);
      return operation;
    },
    find: (name) => operations.get(name),
    read(operation, nowMs) {
      operation.reads += 1;
      workOn(operation, nowMs);
      return shown(operation, stageOf(operation, nowMs));
    },
    settle(nowMs) {
      for (const operation of working) workOn(operation, nowMs);
      working = working.filter(({ results, items }) => results.length < items.length);
    },
    release(name) {
      const released = [...operations.values()].filter(
        (operation) => operation.stuck && (name === undefined || operation.name === name),
      );
      for (const operation of released) operation.stuck = false;
      return released.length;
    },
    list: () => [...operations.values()],
    restore(saved) {
      operations = new Map(saved.map((operation) => [operation.name, operation]));
      working = [...operations.values()];
    },
  };
}

function workOnNext(registry: Registry, ledger: Ledger, operation: Operation): DeviceResult {
  const index = operation.results.length;
  const condemned = operation.condemned[index];
  if (condemned !== undefined) return failedResult(condemned, 'The device could not be processed.');
  const verb = VERBS[operation.verb];
  const outcome = verb.apply(registry, operation.partnerId, operation.items[index] as JsonObject);
  if (!outcome.ok) return refusedResult(outcome.refusal);
  if (outcome.effect !== undefined) ledger.addEffect(operation.ledgerSeq, outcome.effect);
  return successResult(verb.namesDevice ? outcome.device.deviceId : undefined);
}

/** The operation as the vendor's JSON (2.4). Partial results show while it runs. */
function shown(operation: Operation, { stage, share }: OperationStage): JsonObject {
  return omitUnset({
    name: operation.name,
    metadata: omitUnset({
      '@type': `${TYPE}Metadata`,
      processingStatus: PROCESSING_STATUS[stage],
      progress: Math.floor(share * 100),
      devicesCount: operation.items.length,
    }),
    done: stage === 'done' ? true : undefined,
    response: stage === 'pending' ? undefined : responseOf(operation),
  });
}

function responseOf({ verb, items, results }: Operation): JsonObject {
  return omitUnset({
    '@type': `${TYPE}Response`,
    successCount: results.filter(({ status }) => status === 'SINGLE_DEVICE_STATUS_SUCCESS').length,
    perDeviceStatus: results.map((result, index) => ({ [verb]: items[index], result })),
  });
}
