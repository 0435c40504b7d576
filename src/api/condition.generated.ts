// Generated from crds/ by `npm run generate`. Do not edit.

/**
 * One observation about this object.
 */
export interface Condition {
  /**
   * What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled.
   */
  readonly type: string;
  /**
   * Whether it holds. Unknown means that it could not be found out, never that it does not hold.
   */
  readonly status: 'True' | 'False' | 'Unknown';
  /**
   * The metadata.generation the entry speaks about.
   */
  readonly observedGeneration?: number;
  /**
   * When status last changed; a new reason or message alone does not move it.
   */
  readonly lastTransitionTime: string;
  /**
   * Why, as one CamelCase word for machines. The reference documentation lists every reason.
   */
  readonly reason: string;
  /**
   * Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and
   * no counts; those have fields of their own.
   */
  readonly message: string;
}
