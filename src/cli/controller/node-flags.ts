/**
 * What Node is started with for a controller (restart.ts), so that its memory follows what it holds. Without them the
 * heap grows to several times that before it is cleaned up. Measured with `npm run bench fleet`.
 *
 * - Young objects get little room: a controller gathers many that live long, and little room is cleaned up often.
 * - The rest may grow by 20 % between two clean-ups, however large it is; a fixed limit would be one for the fleet.
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=8', '--heap-growing-percent=20'];
