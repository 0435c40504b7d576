/** JSON text as Go's encoder writes it: what is special in HTML is escaped. */
export function escapeHtml(json: string): string {
  return json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
