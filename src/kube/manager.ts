/** Our name as owner of fields. Never to change: fields owned under another name would stay behind. */
export const FIELD_MANAGER = 'vendorplane';
