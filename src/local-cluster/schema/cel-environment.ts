import { Environment } from '@marcbachmann/cel-js';
import { compilePattern } from './patterns.ts';

/** What a rule may call beside the language itself: the part of the Kubernetes libraries that definitions use. */
export function newEnvironment(): Environment {
  return withLists(withTexts(new Environment({ enableOptionalTypes: true })));
}

function withTexts(environment: Environment): Environment {
  return environment
    .registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
      text.replaceAll(from, to),
    )
    .registerFunction(
      'string.charAt(int): string',
      (text: string, index: bigint) => Array.from(text)[Number(index)] ?? '',
    )
    .registerFunction(
      'string.find(string): string',
      (text: string, pattern: string) => search(text, pattern)[0] ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', search);
}

function search(text: string, pattern: string): string[] {
  const compiled = compilePattern(pattern);
  if (!(compiled instanceof RegExp)) throw new Error(compiled.error);
  return [...text.matchAll(new RegExp(compiled.source, `${compiled.flags}g`))].map((match) => match[0]);
}

type Ordered = bigint | number | string | Date;

function withLists(environment: Environment): Environment {
  return environment
    .registerFunction('list.isSorted(): bool', (list: readonly Ordered[]) =>
      list.every((item, index) => index === 0 || (list[index - 1] as Ordered) <= item),
    )
    .registerFunction('list.sum(): dyn', (list: readonly (bigint | number)[]) =>
      list.reduce(add, firstZero(list)),
    )
    .registerFunction('list.min(): dyn', (list: readonly Ordered[]) => extreme(list, (a, b) => a < b))
    .registerFunction('list.max(): dyn', (list: readonly Ordered[]) => extreme(list, (a, b) => a > b))
    .registerFunction('list.indexOf(dyn): int', (list: readonly unknown[], item: unknown) =>
      BigInt(list.indexOf(item)),
    )
    .registerFunction('list.lastIndexOf(dyn): int', (list: readonly unknown[], item: unknown) =>
      BigInt(list.lastIndexOf(item)),
    );
}

function add(left: bigint | number, right: bigint | number): bigint | number {
  return typeof left === 'bigint' && typeof right === 'bigint' ? left + right : Number(left) + Number(right);
}

function firstZero(list: readonly (bigint | number)[]): bigint | number {
  return typeof list[0] === 'number' ? 0 : 0n;
}

function extreme(list: readonly Ordered[], precedes: (a: Ordered, b: Ordered) => boolean): Ordered {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('min or max of an empty list');
  return rest.reduce((best, item) => (precedes(item, best) ? item : best), first);
}
