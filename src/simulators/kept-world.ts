import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HttpOutcome, HttpRequest } from './http.ts';

/** All that a simulator knows, as plain data. */
export interface World {
  dump(): unknown;
  /** Throws when it is no dump of this simulator. */
  load(saved: unknown): void;
}

/** How a face answers one request. */
export type Answerer = (request: HttpRequest) => Promise<HttpOutcome>;

/** A world that outlives its process, or does not. */
export interface KeptWorld {
  /** True when the world is one that an earlier process left. */
  readonly restored: boolean;
  /** The same answers, but each goes out only once the world it speaks of is kept. */
  readonly keeping: (answer: Answerer) => Answerer;
}

/**
 * Keeps a world in a JSON file: loaded here, written whole whenever an answer has changed it, by a rename, so that a
 * kill at any time leaves the one before or the one after. Without a file nothing is kept. It outlives the process, not
 * the machine: nothing is synced. The cost of an answer grows with the world; this is for worlds people play with.
 * Throws when the file cannot be read, or is no dump of this simulator.
 */
export function keepWorld(file: string | undefined, world: World): KeptWorld {
  if (file === undefined) return { restored: false, keeping: (answer) => answer };
  mkdirSync(dirname(file), { recursive: true });
  let kept = readIfPresent(file);
  const restored = kept !== undefined;
  if (kept !== undefined) world.load(JSON.parse(kept));

  function keep(): void {
    const now = JSON.stringify(world.dump());
    if (now === kept) return;
    writeFileSync(`${file}.next`, now, { mode: 0o600 });
    renameSync(`${file}.next`, file as string);
    kept = now;
  }

  return {
    restored,
    keeping: (answer) => async (request) => {
      const outcome = await answer(request);
      keep();
      return outcome;
    },
  };
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
