/** Answers when it is somebody's turn. */
export type Turn = () => Promise<void>;

/**
 * Hands out turns of the event loop, one each time it goes round: whoever asks for one before a long piece of work lets
 * timers and sockets come in between, also when many others are ready at the same moment.
 */
export function createTurns(): Turn {
  let last = Promise.resolve();
  return () => {
    last = last.then(goneRound);
    return last;
  };
}

function goneRound(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
