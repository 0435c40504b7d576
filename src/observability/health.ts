import { type Page, text } from './http-face.ts';

/**
 * How far the process is, for readiness.
 *
 * | Stage       | Ready | Why                                                                              |
 * | ----------- | ----- | -------------------------------------------------------------------------------- |
 * | starting    | no    |                                                                                  |
 * | standingBy  | yes   | it does all that a replica without the lease does; a rollout waits for this      |
 * | listing     | no    | it leads, and does not yet know every resource                                   |
 * | working     | yes   |                                                                                  |
 * | stopping    | no    |                                                                                  |
 */
export type Stage = 'starting' | 'standingBy' | 'listing' | 'working' | 'stopping';

/** What probes are told. */
export interface Health {
  /** The process got this far. */
  reached(stage: Stage): void;
  /** 200 as long as the process can answer at all: a stuck event loop does not. For liveness. */
  healthz(): Page;
  /** 200 or 503, and the stage. */
  readyz(): Page;
}

const READY: Readonly<Record<Stage, boolean>> = {
  starting: false,
  standingBy: true,
  listing: false,
  working: true,
  stopping: false,
};

export function createHealth(): Health {
  let stage: Stage = 'starting';
  return {
    reached: (next) => {
      stage = next;
    },
    healthz: () => text(200, 'ok'),
    readyz: () => (READY[stage] ? text(200, `ok: ${stage}`) : text(503, `not ready: ${stage}`)),
  };
}
