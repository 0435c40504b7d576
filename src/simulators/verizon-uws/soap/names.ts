/** The vendor's names on the wire. Section numbers are those of the UWS fact sheet. */

/** SOAP 1.1 envelope (1). */
export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/** Operations, `Input`, `Output` and the header's `token` (1). */
export const V2 = 'http://nphase.com/unifiedwebservice/v2';

export const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Services simulated (2). */
export type ServiceName =
  | 'SessionService'
  | 'DeviceService'
  | 'CarrierService'
  | 'CallbackRegistrationService';

/** Namespace of a data contract (1). */
export function contractOf(name: ServiceName | 'Common'): string {
  return `http://schemas.datacontract.org/2004/07/NPhase.UnifiedWebService.APIs.v2.Contract.${name}`;
}

/** Namespace of device identifiers (1). */
export const COMMON = contractOf('Common');

/** Path of a service (1). */
export function pathOf(service: ServiceName): string {
  return `/api/v2/${service}.svc`;
}

/** Value of the SOAPAction header (1). */
export function soapActionOf(service: ServiceName, operation: string): string {
  return `${V2}/I${service}/${operation}`;
}
