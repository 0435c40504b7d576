import { listOf, shape } from '../decoder.ts';

/** The shapes of `wire.ts` as JSON Schemas: what a reply must be to be believed. Unknown fields are allowed. */

const text = { type: 'string' } as const;
const int64 = { type: 'string', pattern: '^[0-9]+$' } as const;
const count = { type: 'integer', minimum: 0 } as const;

const identifier = shape({
  imei: text,
  imei2: text,
  meid: text,
  serialNumber: text,
  manufacturer: text,
  model: text,
});

const echo = shape({ deviceIdentifier: identifier });

export const company = shape({ companyId: int64, companyName: text, termsStatus: text }, ['companyId']);

export const listCustomersReply = shape({
  customers: listOf(company),
  nextPageToken: text,
  totalSize: count,
});

const device = shape({
  deviceId: int64,
  deviceIdentifier: identifier,
  deviceMetadata: shape({ entries: { type: 'object', additionalProperties: text } }),
  claims: listOf(shape({ ownerCompanyId: int64, sectionType: text })),
});

export const knownDevice = { ...device, required: ['deviceId'] } as const;

export const findDevicesReply = shape({ devices: listOf(device), nextPageToken: text, totalSize: count });

export const claimDeviceReply = shape({ deviceId: int64, deviceName: text }, ['deviceId']);

export const empty = shape({});

export const operation = shape(
  {
    name: {
      type: 'string',
      pattern: '^operations/[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$',
    },
    done: { type: 'boolean' },
    response: shape({
      perDeviceStatus: listOf(
        shape({
          claim: echo,
          unclaim: echo,
          updateMetadata: echo,
          result: shape({ status: text, errorIdentifier: text, errorMessage: text }),
        }),
      ),
    }),
  },
  ['name'],
);

export const errorReply = shape(
  {
    error: shape({
      code: { type: 'integer' },
      message: text,
      status: text,
      details: listOf({ type: 'object' }),
      errors: listOf(shape({ reason: text })),
    }),
  },
  ['error'],
);

export const tokenReply = shape(
  {
    access_token: { type: 'string', pattern: '^[\\x21-\\x7e]+$' },
    expires_in: { type: 'integer', minimum: 1 },
  },
  ['access_token', 'expires_in'],
);

export const tokenRefusal = shape({ error: text }, ['error']);
