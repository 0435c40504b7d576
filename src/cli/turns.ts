/** Hands out turns of the event loop, one each time it goes round, in the order in which they were asked for. */
export function createTurns(): () => Promise<void> {
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
