/** Whether this process may write to vendors. */
export interface Leadership {
  /** Grows with every change of leader; written into each operation. */
  readonly fence: number;
  /** Asked at the moment a write is handed over. */
  mayWrite(): boolean;
  /** Reads the lease live, for what can never be undone. A lease that cannot be read confirms nothing. */
  confirm(signal: AbortSignal): Promise<boolean>;
}
