import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file that ships with this package, by its path from the package's root. */
export function packageFile(path: string): string {
  // The same two folders up from src/cli and from dist/cli.
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** The version of this package. */
export function packageVersion(): string {
  const text = readFileSync(packageFile('package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
