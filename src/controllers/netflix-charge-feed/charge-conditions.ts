import type { NetflixChargeStatus } from '../../api/netflix-charge.generated.ts';
import type { ReviewReason } from '../../domain/charge/facts.ts';
import { kubeTime } from '../../kube/conditions.ts';
import type { ServedNetflixCharge } from '../resources.ts';
import { reviewOf } from './charge-object.ts';

type Conditions = NonNullable<NetflixChargeStatus['conditions']>;

/** How a charge stands: written down, the vendor was told, or why a person must look. */
type ChargeStanding = 'Recorded' | 'Acknowledged' | ReviewReason;

/**
 * The field `conditions` of a charge. `Ready`: the vendor was told; `Stalled`: a person must look. `before` is the object
 * where it is at hand: a charge that is written again as it stood keeps the time it stands since.
 */
export function chargeConditions(
  standing: ChargeStanding,
  nowMs: number,
  before?: ServedNetflixCharge,
): { readonly conditions: Conditions } {
  const finding = { reason: standing, message: messageOf(standing) };
  const status = standing === 'Acknowledged' ? 'True' : 'False';
  const generation = before?.metadata.generation;
  const stamped = (type: string, is: 'True' | 'False') => {
    const stood = before?.status?.conditions?.find((condition) => condition.type === type);
    return {
      type,
      status: is,
      ...finding,
      lastTransitionTime: stood?.status === is ? stood.lastTransitionTime : kubeTime(nowMs),
      ...(generation === undefined ? {} : { observedGeneration: generation }),
    };
  };
  const ready = stamped('Ready', status);
  const needsPerson = standing !== 'Recorded' && standing !== 'Acknowledged';
  return { conditions: needsPerson ? [ready, stamped('Stalled', 'True')] : [ready] };
}

function messageOf(standing: ChargeStanding): string {
  if (standing === 'Recorded') return 'it is recorded; the vendor lists it until its feed acknowledges it';
  if (standing === 'Acknowledged') return 'it is recorded, and the vendor was told';
  return reviewOf(standing).message ?? standing;
}
