import { immutableField, invalidValue } from '../field-errors.ts';
import { parseJson, without } from '../json.ts';
import { checkConfigKey } from '../names.ts';
import type { KubeObject } from '../object.ts';
import type { Resource } from '../resources.ts';
import { type FieldError, required, tooLong } from '../schema/field-error.ts';
import { AGE_COLUMN, builtIn, NAME_COLUMN, selectableMetadata, textColumn } from './built-in.ts';
import { checkImmutable, dataOf, decodedBytes } from './config-map.ts';
import { FLAG, TEXT, TEXT_MAP } from './object-meta.ts';

/** Most bytes of all values once decoded (10-core, "Secret: over 1048576 bytes"). */
const MAX_SECRET_BYTES = 1024 * 1024;

/** The keys some types must have: k8s.io/api core/v1, SecretType. */
const REQUIRED_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
};

const SERVICE_ACCOUNT_ANNOTATION = 'kubernetes.io/service-account.name';

function typeOf(secret: KubeObject): string {
  return typeof secret['type'] === 'string' && secret['type'] !== '' ? secret['type'] : 'Opaque';
}

/** Folds stringData, which wins over data and is never stored, into data. */
function complete(object: KubeObject): KubeObject {
  const encoded = Object.entries(dataOf(object, 'stringData')).map(([key, value]): [string, string] => [
    key,
    Buffer.from(value).toString('base64'),
  ]);
  const data = { ...dataOf(object, 'data'), ...Object.fromEntries(encoded) };
  const rest = without(object, 'stringData', 'data') as KubeObject;
  return { ...rest, ...(Object.keys(data).length === 0 ? {} : { data }), type: typeOf(object) };
}

function validate(object: KubeObject, old: KubeObject | undefined): readonly FieldError[] {
  const data = dataOf(object, 'data');
  return [
    ...(old !== undefined && typeOf(old) !== typeOf(object) ? [immutableField('type', typeOf(object))] : []),
    ...checkImmutable(object, old, ['data']),
    ...Object.keys(data).flatMap((key) =>
      checkConfigKey(key).map((why) => invalidValue(`data[${key}]`, key, why)),
    ),
    ...(decodedBytes(data) > MAX_SECRET_BYTES ? [tooLong('data', MAX_SECRET_BYTES)] : []),
    ...checkType(object, data),
  ];
}

function checkType(object: KubeObject, data: Readonly<Record<string, string>>): readonly FieldError[] {
  const type = typeOf(object);
  if (type === 'kubernetes.io/basic-auth') {
    const either = 'username' in data || 'password' in data;
    return either ? [] : [required('data[username]'), required('data[password]')];
  }
  if (type === 'kubernetes.io/service-account-token') {
    const named = (object.metadata.annotations?.[SERVICE_ACCOUNT_ANNOTATION] ?? '') !== '';
    return named ? [] : [required(`metadata.annotations[${SERVICE_ACCOUNT_ANNOTATION}]`)];
  }
  const keys = REQUIRED_KEYS[type] ?? [];
  const missing = keys.filter((key) => !(key in data)).map((key) => required(`data[${key}]`));
  return missing.length > 0 || !type.startsWith('kubernetes.io/docker') ? missing : checkDocker(keys, data);
}

function checkDocker(keys: readonly string[], data: Readonly<Record<string, string>>): readonly FieldError[] {
  return keys.flatMap((key) => {
    const parsed = parseJson(Buffer.from(data[key] ?? '', 'base64').toString('utf8'));
    return parsed.ok ? [] : [invalidValue(`data[${key}]`, '<secret contents redacted>', parsed.message)];
  });
}

/** core/v1 Secret. */
export const SECRET: Resource = builtIn({
  group: '',
  version: 'v1',
  plural: 'secrets',
  kind: 'Secret',
  description: 'Secret holds data that is not to be shown.',
  body: {
    properties: {
      data: {
        type: 'object',
        description: 'The secret values in base64.',
        additionalProperties: { type: 'string', format: 'byte' },
      },
      stringData: { ...TEXT_MAP, description: 'Values as text, for writing only.' },
      type: { ...TEXT, description: 'What kind of secret it is; Opaque when not set.' },
      immutable: { ...FLAG, description: 'Whether the data may no longer change.' },
    },
  },
  columns: [
    NAME_COLUMN,
    textColumn('Type', 'What kind of secret it is.', typeOf),
    textColumn('Data', 'How many keys there are.', (object) => Object.keys(dataOf(object, 'data')).length),
    AGE_COLUMN,
  ],
  complete,
  strategy: {
    validate,
    selectableField: (object, path) => (path === 'type' ? typeOf(object) : selectableMetadata(object, path)),
    unknownField: (path) => `field label not supported: ${path}`,
  },
});
