/** How one item of a resource stands. `code` and `message` are empty when there is nothing to say. */
export interface ItemStanding<State extends string = string> {
  readonly device: string;
  readonly state: State;
  readonly code: string;
  readonly message: string;
}

/** The same before it is known which item. */
export type Stands<State extends string> = Omit<ItemStanding<State>, 'device'>;

/** What the controller told of an item in a resource's status, where only the first 50 stand. */
export interface Told {
  readonly code: string;
  readonly message: string;
}
