/** Words that are told in one life of a process. ASSUMED: more are no states but something else. */
const MOST_WORDS = 20;
const LONGEST_WORD = 40;

/** Tells each word the first time it comes, and nothing after the twentieth: a poll comes every few seconds. */
export function tellNewWords(tell: (word: string) => void): (word: string) => void {
  const told = new Set<string>();
  return (word) => {
    const shown = word.replace(/[^\w .:-]/g, '?').slice(0, LONGEST_WORD);
    if (told.has(shown) || told.size >= MOST_WORDS) return;
    told.add(shown);
    tell(shown);
  };
}
