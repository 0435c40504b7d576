/** Proof that something is durable on our side. Only the port that made it durable may make one. */
export interface Receipt {
  readonly durable: true;
}

export const RECEIPT: Receipt = { durable: true };
