/** A running vendor: the vendor's own face and the face on which tests play the vendor's side. */
export interface Simulator {
  /** The vendor's folder name, for example `google-zero-touch`. */
  readonly vendor: string;
  /** Base URL of the vendor's API, without a trailing slash. */
  readonly url: string;
  /** Base URL of the admin face, without a trailing slash. `GET /` there lists its routes. */
  readonly adminUrl: string;
  /** True when it goes on from the world an earlier process left in the file of its options. */
  readonly restored: boolean;
  /** Ends every connection and both servers. */
  close(): Promise<void>;
}
