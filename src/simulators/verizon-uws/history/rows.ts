/** Rows of the three histories (fact sheet 9). Times are milliseconds. */

/** The histories, as their operations name them. */
export const HISTORY_KINDS = ['usage', 'connection', 'provisioning'] as const;

export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** What every row has. */
interface Row {
  readonly atMs: number;
}

export interface UsageRow extends Row {
  /** Decimal digits, so that no count is too large. */
  readonly bytesUsed: string;
  readonly smsUsed: number;
  readonly moSms: number;
  readonly mtSms: number;
  readonly source: string;
  readonly servicePlan: string;
  /** When the row trickles in: 15 minutes to 3 days after `atMs` at the vendor. */
  readonly visibleAtMs: number;
}

export interface ConnectionRow extends Row {
  readonly event: 'Start' | 'Stop';
  readonly bytesUsed: string;
  readonly msisdn?: string;
}

export interface ProvisioningRow extends Row {
  readonly eventType: string;
  readonly status: string;
  readonly eventBy: string;
  readonly mdn?: string;
  readonly servicePlan?: string;
}

export interface HistoryRows {
  readonly usage: UsageRow;
  readonly connection: ConnectionRow;
  readonly provisioning: ProvisioningRow;
}
