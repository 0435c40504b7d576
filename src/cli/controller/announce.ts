import type { Announce } from '../../controllers/reporter.ts';
import type { EventRecorder } from '../../kube/events.ts';

/** Announcements as Kubernetes Events. */
export function announceBy(recorder: Pick<EventRecorder, 'record'>): Announce {
  return (about, object, { type, reason, message }) =>
    recorder.record({ about, object, type, reason, message });
}
