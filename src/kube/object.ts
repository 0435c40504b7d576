/** What every object of the API server carries. Times are RFC 3339 text, as sent. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: unknown;
}

interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** An object as the API server answers it. Items of core lists carry no kind and apiVersion. */
export interface KubeObject<Spec = unknown, Status = unknown> {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
  readonly spec?: Spec;
  readonly status?: Status;
}

/** Metadata a writer may set; the rest belongs to the API server. */
type DraftMeta = Pick<ObjectMeta, 'name'> &
  Partial<
    Pick<
      ObjectMeta,
      'namespace' | 'uid' | 'resourceVersion' | 'labels' | 'annotations' | 'finalizers' | 'ownerReferences'
    >
  >;

/** An object to be written. The client fills in apiVersion and kind. */
export type Draft<T extends KubeObject> = Omit<T, 'metadata' | 'apiVersion' | 'kind'> & {
  readonly metadata: DraftMeta;
};

/** The fields one manager wants to own; apply leaves everything else alone. */
export type ApplyDraft<T extends KubeObject> = Partial<Omit<T, 'metadata' | 'apiVersion' | 'kind'>> & {
  readonly metadata: DraftMeta;
};

/** Where an object stands. `namespace` is absent for cluster-scoped kinds. */
export interface ObjectRef {
  readonly namespace?: string;
  readonly name: string;
}

/** `namespace/name`, or `name` for cluster-scoped objects: the key of stores and queues. */
export function keyOf(ref: ObjectRef): string {
  return ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`;
}

/** The inverse of keyOf. Neither part can contain a slash. */
export function refOf(key: string): ObjectRef {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** Where this object stands. */
export function refOfObject(object: KubeObject): ObjectRef {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? { name } : { namespace, name };
}
