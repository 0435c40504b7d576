/**
 * The life of one write to a vendor.
 *
 * ```
 *             accepted, ids known         every id finished
 *  intended ───────────────────► running ───────────────────► ended (finished)
 *     │ │ └─ answered at once ──────│───────────────────────────▲ │
 *     │ │                           │ vendor forgot the id      │ │ outcomes are missing
 *     │ └─ reply lost, restart ─► unknown ◄─────┴───────────────│─┘
 *     │                             └───────────────────────────┘
 *     │                              every item settled by reading
 *     └─ refused as a whole, withdrawn ─► ended (refused · abandoned)
 *
 *  Where operations go by names of ours:   the vendor shows it
 *  unknown ─── never seen there yet ──► sought ─────────────────► running, ended (finished)
 *                                         └─ it never arrived ──► ended (finished)
 * ```
 *
 * A failed observation, or a request that provably was not sent, is an event like the others, and moves
 * nothing: the same observation is made again, the same intent is sent later.
 */
export type OperationPhase =
  | { readonly is: 'intended' }
  /** Ids the vendor has not finished yet. */
  | { readonly is: 'running'; readonly waitingFor: readonly string[] }
  | { readonly is: 'unknown'; readonly sinceMs: number }
  /** Whether the request arrived is asked by the id that its operation would have. */
  | { readonly is: 'sought'; readonly operationId: string; readonly sinceMs: number }
  | { readonly is: 'ended'; readonly how: 'finished' | 'refused' | 'abandoned' };

export type OperationEvent =
  | { readonly is: 'accepted'; readonly operationIds: readonly string[] }
  | { readonly is: 'answered' }
  | { readonly is: 'refused' }
  | { readonly is: 'notSent' }
  | { readonly is: 'withdrawn' }
  | { readonly is: 'replyLost' }
  /** The controller started and found the operation open in its journal. */
  | { readonly is: 'restarted' }
  | { readonly is: 'idFinished'; readonly operationId: string }
  | { readonly is: 'idForgotten'; readonly operationId: string }
  /** The vendor finished without speaking of every item. */
  | { readonly is: 'outcomesMissing' }
  | { readonly is: 'observationFailed' }
  | { readonly is: 'settledByReading' }
  /** The vendor's id of the operation is known, though nobody has seen it there. */
  | { readonly is: 'askable'; readonly operationId: string }
  | { readonly is: 'idFound'; readonly operationId: string }
  | { readonly is: 'neverArrived' };

type Handler<Phase extends OperationPhase, Event extends OperationEvent> = (
  phase: Phase,
  event: Event,
  nowMs: number,
) => OperationPhase;

type Row<Is extends OperationPhase['is']> = {
  readonly [E in OperationEvent['is']]?: Handler<
    OperationPhase & { is: Is },
    Extract<OperationEvent, { is: E }>
  >;
};

const ended = (how: (OperationPhase & { is: 'ended' })['how']): OperationPhase => ({ is: 'ended', how });
const unknown = (nowMs: number): OperationPhase => ({ is: 'unknown', sinceMs: nowMs });

/** State × event → next state. What is not in the table leaves the state alone. */
const TABLE: { readonly [Is in OperationPhase['is']]: Row<Is> } = {
  intended: {
    accepted: (_phase, event) =>
      event.operationIds.length === 0 ? ended('finished') : { is: 'running', waitingFor: event.operationIds },
    answered: () => ended('finished'),
    refused: () => ended('refused'),
    withdrawn: () => ended('abandoned'),
    replyLost: (_phase, _event, nowMs) => unknown(nowMs),
    // Whether it was sent before the restart is not known.
    restarted: (_phase, _event, nowMs) => unknown(nowMs),
  },
  running: {
    idFinished: (phase, { operationId }) => {
      const waitingFor = phase.waitingFor.filter((id) => id !== operationId);
      return waitingFor.length === 0 ? ended('finished') : { is: 'running', waitingFor };
    },
    idForgotten: (_phase, _event, nowMs) => unknown(nowMs),
  },
  unknown: {
    // The clock starts anew: the process before may have sent it at its very end.
    restarted: (_phase, _event, nowMs) => unknown(nowMs),
    settledByReading: () => ended('finished'),
    askable: ({ sinceMs }, { operationId }) => ({ is: 'sought', operationId, sinceMs }),
  },
  sought: {
    idFound: (_phase, { operationId }) => ({ is: 'running', waitingFor: [operationId] }),
    idFinished: () => ended('finished'),
    neverArrived: () => ended('finished'),
    // A person found out what the vendor could not be asked.
    settledByReading: () => ended('finished'),
  },
  ended: {
    outcomesMissing: (phase, _event, nowMs) => (phase.how === 'finished' ? unknown(nowMs) : phase),
  },
};

export function advance(phase: OperationPhase, event: OperationEvent, nowMs: number): OperationPhase {
  const handler = TABLE[phase.is][event.is] as Handler<OperationPhase, OperationEvent> | undefined;
  return handler === undefined ? phase : handler(phase, event, nowMs);
}

/** How an operation reads in its status; derived, never decided upon. */
export type OperationStateName =
  | 'Intended'
  | 'Submitted'
  | 'InProgress'
  | 'Complete'
  | 'CompleteWithErrors'
  | 'Failed'
  | 'Unknown'
  | 'Abandoned'
  | 'Resolved';

export function stateName(
  phase: OperationPhase,
  results: {
    readonly succeeded: number;
    readonly failed: number;
    /** A person said what became of some items. */
    readonly resolved?: boolean;
  },
): OperationStateName {
  switch (phase.is) {
    case 'intended':
      return 'Intended';
    case 'running':
      return 'Submitted';
    case 'unknown':
    case 'sought':
      return 'Unknown';
    case 'ended':
      if (phase.how === 'abandoned') return 'Abandoned';
      if (phase.how === 'refused') return 'Failed';
      if (results.resolved === true) return 'Resolved';
      if (results.failed === 0) return 'Complete';
      return results.succeeded === 0 ? 'Failed' : 'CompleteWithErrors';
    default:
      return phase satisfies never;
  }
}
