/** The part of a Kubernetes object's metadata that this program reads or writes. */
export interface ObjectMeta {
  /** Unique among the objects of one kind and namespace. */
  readonly name: string;
  readonly namespace?: string;
  /** Unique for all time: an object made again under the same name has another one. */
  readonly uid?: string;
  /** Changes with every write. Compare for equality only. */
  readonly resourceVersion?: string;
  /** Raised by every change of the spec and by the start of a deletion. */
  readonly generation?: number;
  /** RFC 3339, whole seconds. */
  readonly creationTimestamp?: string;
  /** RFC 3339. Set: the object is being deleted, and goes when `finalizers` is empty. */
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}
