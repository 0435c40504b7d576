/** Names on the wire. Section numbers are those of the UWS fact sheet, which says where each one was seen. */

/** SOAP 1.1 envelope (1). */
export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/** Operations, `Input`, `Output` and the header's `token` (1; page DeleteDevices). */
export const V2 = 'http://nphase.com/unifiedwebservice/v2';

export const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** The services this client talks to (2). */
export type Service = 'SessionService' | 'DeviceService' | 'CarrierService';

/** Namespace of a service's data contract (1; page DeleteDevices). */
export function contractOf(name: Service | 'Common'): string {
  return `http://schemas.datacontract.org/2004/07/NPhase.UnifiedWebService.APIs.v2.Contract.${name}`;
}

/** Namespace of device identifiers (1; page DeleteDevices). */
export const COMMON = contractOf('Common');

/** Value of the SOAPAction header, without its quotes (1). */
export function soapActionOf(service: Service, operation: string): string {
  return `${V2}/I${service}/${operation}`;
}
