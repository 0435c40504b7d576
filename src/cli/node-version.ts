/** The oldest Node this program runs on: older ones cannot load its HTTP client. */
const OLDEST_MAJOR = 24;

/** Ends the process with one sentence when Node is too old. */
export function checkNodeVersion(version: string): void {
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return;
  process.stderr.write(
    `vendorplane needs Node ${OLDEST_MAJOR} or newer and this is ${version}; in a checkout, "npm start" brings its own\n`,
  );
  process.exit(1);
}
