import type { DesiredCompany } from '../domain/company/facts.ts';
import { failed, ok, type Result } from '../ports/failure.ts';
import type { ItemOutcome, Writer } from '../ports/writer.ts';

/** How one vendor creates companies. */
export interface CompanyCreation {
  /** How long after a lost reply its list may still miss the company, ms. */
  readonly visibilityMs: number;
  /** What is said to whoever asks for anything but one creation. */
  readonly nothingElse: string;
  /** At most one request; answers the vendor's id, or why the company as it is desired cannot be created. */
  readonly create: (
    company: DesiredCompany,
    signal: AbortSignal,
  ) => Promise<Result<Pick<ItemOutcome, 'vendorId' | 'failure'>>>;
}

/**
 * Creates companies, one at a time. Their owners get mail, and two requests may make two companies, so nothing but a
 * person repeats one.
 */
export function companyWriter({
  visibilityMs,
  nothingElse,
  create,
}: CompanyCreation): Writer<DesiredCompany, DesiredCompany> {
  return {
    verbs: { createCompany: { repeat: 'never', effect: 'creation', maxItemsPerCall: 1, visibilityMs } },
    partition: (_verb, { desired }) => ({ companyName: desired.companyName }),
    async send({ verb, items }, signal) {
      const [item] = items;
      if (verb !== 'createCompany' || item === undefined || items.length !== 1) {
        return failed({ kind: 'rejected', code: 'NOT_IMPLEMENTED', message: nothingElse });
      }
      const created = await create(item.desired, signal);
      return created.ok ? ok({ is: 'answered', outcomes: [{ key: item.key, ...created.value }] }) : created;
    },
  };
}
