import type { TokenKeeper } from '../../controllers/netflix-subscription/token-keeper.ts';
import type { ServedVendorAccount } from '../../controllers/resources.ts';
import type { ClusterAccess } from '../../kube/config.ts';
import type { Around } from '../../observability/decorate.ts';
import type { Log } from '../../observability/log.ts';
import type { Archive } from '../../ports/archive.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Leadership } from '../../ports/leadership.ts';
import type { VendorFactory } from '../../ports/vendor.ts';
import type { Metrics } from './measured/metrics.ts';

/** Everything a controller is put together from. */
export interface ControllerParts {
  readonly access: ClusterAccess;
  readonly vendors: Readonly<Partial<Record<ServedVendorAccount['spec']['vendor'], VendorFactory>>>;
  /** One-time tokens on their way from the vendor into their Secrets. */
  readonly tokens: TokenKeeper;
  readonly leadership: Leadership;
  readonly clock: Clock;
  /** 0 up to 1. */
  readonly random: () => number;
  newRequestKey(): string;
  readonly log: Log;
  /** Runs every call of every port. */
  readonly around: Around;
  /** Only this namespace; default all. */
  readonly namespace?: string;
  /** How long finished operations are kept, in milliseconds. */
  readonly operationRetentionMs: number;
  /** Where histories of lines are safe; absent: there is no such place. */
  readonly archive?: Archive;
  readonly version: string;
  readonly metrics: Metrics;
  /** Called once every resource is known and work begins. */
  onWorking(): void;
}
