import { customer, googleAccount, phones } from './fleet.ts';
import type { Scene, Stage } from './stage.ts';

/** A namespace with a working account `google` and the customer `acme`, company 987654. */
export async function startFleet(stage: Stage, namespace: string, account: object = {}): Promise<Scene> {
  const scene = await stage.scene(namespace);
  await scene.secret(await scene.vendor.issueKey());
  await scene.apply(googleAccount(scene.vendor.url, account), customer('acme', { companyId: '987654' }));
  return scene;
}

/** Lets somebody hold phones before any claim names them; company 987654 of ours unless told otherwise. */
export async function held(
  scene: Scene,
  from: number,
  count: number,
  customerId = '987654',
  more: object = {},
): Promise<void> {
  const devices = phones(from, count).map((deviceIdentifier) => ({ deviceIdentifier, customerId, ...more }));
  await scene.vendor.ask('POST', '/devices', { devices });
}
