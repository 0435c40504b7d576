import type { Holder, Item } from '../item.ts';
import type { Step } from '../kind.ts';
import type { CompanyRow, CompanyTypes, CompanyVerdict, DesiredCompany } from './facts.ts';

/**
 * | the company                               | the Customer is told |
 * | ----------------------------------------- | -------------------- |
 * | is recorded, or bound and listed          | bound                |
 * | is being created, or to be                | creating             |
 * | was created, nobody knows which it is     | created              |
 * | cannot be created                         | refused              |
 * | is not listed                             | missing, or bound where the list need not show it |
 * | is one of several of that name            | ambiguous            |
 * | is the one of that name                   | bound                |
 * | has that id and another name, and is new  | misnamed             |
 */
export function companyVerdict(
  item: Item<CompanyTypes>,
  step: Step<CompanyTypes>,
  holder: Holder,
): CompanyVerdict {
  const desired = item.declared.find(({ by }) => by.holder === holder)?.by.desired;
  if (desired === undefined) return { state: 'pending' };
  const { observed, recorded } = item;
  const companies = observed.is === 'present' ? observed.fact.companies : [];
  const known = desired.companyId ?? desired.boundTo;
  // A name stands for the company that the record says, whatever else bears it by now.
  if (known === undefined && recorded?.companyId !== undefined) {
    return { state: 'bound', company: among(companies, desired, recorded.companyId) };
  }
  const [company, ...others] = companies;
  if (others.length > 0) {
    return { state: 'ambiguous', companyIds: companies.map(({ companyId }) => companyId).sort() };
  }
  if (known === undefined && isBeingCreated(item, step)) return creating(item, step, desired);
  if (observed.is === 'unknown') return { state: 'pending' };
  if (company === undefined) return unlisted(desired, known) ?? { state: 'missing' };
  const isOurs = [desired.boundTo, recorded?.companyId].includes(company.companyId);
  return isOurs || company.companyName.trim() === desired.companyName.trim()
    ? { state: 'bound', company }
    : { state: 'misnamed', company };
}

/** A creation is due, was refused, is under way, or has happened without telling which company it made. */
function isBeingCreated({ inFlight, recorded }: Item<CompanyTypes>, step: Step<CompanyTypes>): boolean {
  if (inFlight !== undefined || recorded !== undefined) return true;
  const isLookBefore = step.do === 'observe' && step.before !== undefined;
  return isLookBefore || step.do === 'call' || step.do === 'stall' || step.do === 'wait';
}

function creating(
  { inFlight, recorded }: Item<CompanyTypes>,
  step: Step<CompanyTypes>,
  { adoption }: DesiredCompany,
): CompanyVerdict {
  if (inFlight !== undefined) return { state: 'creating' };
  if (recorded !== undefined) return { state: 'created' };
  // Another Customer of this name has it created: this one adopts it once it is there.
  if (adoption !== 'AdoptOrCreate') return { state: 'missing' };
  if (step.do !== 'stall') return { state: 'creating' };
  const { code, message } = step.failure;
  return { state: 'refused', code, message };
}

/** A company that the list need not show is taken by its id; whether that is right, its first device tells. */
function unlisted(
  { companyName, mayBeUnlisted }: DesiredCompany,
  companyId: string | undefined,
): CompanyVerdict | undefined {
  if (companyId === undefined || mayBeUnlisted !== true) return undefined;
  return { state: 'bound', company: { companyId, companyName, termsStatus: 'Unknown' } };
}

function among(
  companies: readonly CompanyRow[],
  { companyName }: DesiredCompany,
  companyId: string,
): CompanyRow {
  const listed = companies.find((company) => company.companyId === companyId);
  return listed ?? { companyId, companyName, termsStatus: 'Unknown' };
}
