/** A strategic merge patch that contradicts itself or the object; caught where the patch began. */
export class PatchRefused extends Error {}
