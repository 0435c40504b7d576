/** What a Customer asks for: a company under this vendor account. Mail addresses are personal data: in memory only. */
export interface DesiredCompany {
  readonly companyName: string;
  /** Set: adopt exactly this company. */
  readonly companyId?: string;
  /** The company this Customer stands bound to: it counts from then on, whatever it is called by now. */
  readonly boundTo?: string;
  readonly adoption: 'Never' | 'Adopt' | 'AdoptOrCreate';
  /** The vendor lists only companies that have had a device of ours: one with an id may not be listed yet. */
  readonly mayBeUnlisted?: true;
  /** Who owns the company in the vendor's portal. Without one it cannot be created. */
  readonly ownerEmails?: readonly string[];
  readonly adminEmails?: readonly string[];
  /** The language of the vendor's mails, BCP 47; each vendor has a list of its own. */
  readonly languageCode?: string;
  /** Samsung asks for a person; `country` is ISO 3166-1, two letters. */
  readonly contact?: { readonly firstName: string; readonly lastName: string; readonly country: string };
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

/**
 * What our record holds of a company: which one a name of ours stands for. Neither a second company of that name
 * nor another name of this one changes it.
 */
export interface RecordedCompany {
  /** The Customer that brought it about. */
  readonly holder: string;
  /** `Created`: by an operation of ours. `Adopted`: it was there already. */
  readonly how: 'Created' | 'Adopted';
  /** Absent: created, and the vendor has not told which one it is. */
  readonly companyId?: string;
}

/** What a Customer is told about its company. */
export type CompanyVerdict =
  | { readonly state: 'pending' }
  /** It is to be created, or being created. */
  | { readonly state: 'creating' }
  /** It was created, and the vendor has not said which one it is. */
  | { readonly state: 'created' }
  /** It cannot be created, or the vendor refused to. */
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
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
  readonly recorded: RecordedCompany;
  readonly verdict: CompanyVerdict;
}
