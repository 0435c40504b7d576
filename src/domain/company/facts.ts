/** What a Customer asks for: a company under this vendor account. */
export interface DesiredCompany {
  readonly companyName: string;
  /** Set: adopt exactly this company. */
  readonly companyId?: string;
  readonly adoption: 'Never' | 'Adopt' | 'AdoptOrCreate';
  /** The vendor lists only companies that have had a device of ours: one with an id may not be listed yet. */
  readonly mayBeUnlisted?: true;
}

export type TermsStatus = 'Accepted' | 'NotAccepted' | 'Stale' | 'Unknown';

/** One row of a vendor's company list. */
export interface CompanyRow {
  readonly companyId: string;
  readonly companyName: string;
  readonly termsStatus: TermsStatus;
}

/** Every company that one read showed under a key: a name may belong to several. */
interface ObservedCompanies {
  readonly companies: readonly CompanyRow[];
}

/** What a Customer is told about its company. */
export type CompanyVerdict =
  | { readonly state: 'pending' }
  | { readonly state: 'bound'; readonly company: CompanyRow }
  | { readonly state: 'missing' }
  | { readonly state: 'misnamed'; readonly company: CompanyRow }
  | { readonly state: 'ambiguous'; readonly companyIds: readonly string[] };

/** The types that a company is made of. */
export interface CompanyTypes {
  readonly subject: DesiredCompany;
  readonly desired: DesiredCompany;
  readonly row: CompanyRow;
  readonly observed: ObservedCompanies;
  readonly recorded: never;
  readonly verdict: CompanyVerdict;
}
