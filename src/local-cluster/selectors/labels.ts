import { checkLabelValue, checkQualifiedName } from '../names.ts';
import { badRequest } from '../status.ts';

/** Decides over the labels of an object. */
export type LabelSelector = (labels: Readonly<Record<string, string>>) => boolean;

/** `!`, parentheses, commas, operators, or a word. */
const TOKEN = /\s*(==|!=|[=!(),<>]|[^\s=!(),<>]+)/gy;
const OPERATORS = ['=', '==', '!=', 'in', 'notin', '<', '>'];

/** Parses a label selector. Throws 400 with the sentences of k8s.io/apimachinery, labels/selector.go. */
export function parseLabelSelector(text: string): LabelSelector {
  const tokens = [...text.matchAll(TOKEN)].map((match) => match[1] as string);
  const requirements: LabelSelector[] = [];
  for (let at = 0; at < tokens.length; ) {
    const { requirement, next } = parseRequirement(tokens, at);
    requirements.push(requirement);
    if (next < tokens.length && tokens[next] !== ',') {
      throw badRequest(`found '${tokens[next]}', expected: ',' or 'end of string'`);
    }
    if (next === tokens.length - 1) throw badRequest("found '', expected: identifier after ','");
    at = next + 1;
  }
  return (labels) => requirements.every((requirement) => requirement(labels));
}

interface Parsed {
  readonly requirement: LabelSelector;
  /** Index of the token behind the requirement. */
  readonly next: number;
}

function parseRequirement(tokens: readonly string[], at: number): Parsed {
  const negated = tokens[at] === '!';
  const keyAt = negated ? at + 1 : at;
  const key = tokens[keyAt] ?? '';
  if (!isWord(key)) {
    throw badRequest(
      `found '${key}', expected: ${negated ? 'identifier' : "!, identifier, or 'end of string'"}`,
    );
  }
  checkKey(key);
  const operator = tokens[keyAt + 1];
  if (negated) return { requirement: (labels) => !(key in labels), next: keyAt + 1 };
  if (operator === undefined || operator === ',')
    return { requirement: (labels) => key in labels, next: keyAt + 1 };
  if (!OPERATORS.includes(operator)) {
    throw badRequest(`found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
  }
  if (operator === 'in' || operator === 'notin') return parseSet(tokens, keyAt + 2, key, operator);
  const word = tokens[keyAt + 2] ?? '';
  const value = word === ',' ? '' : word;
  checkValue(key, value);
  return {
    requirement: comparison(key, operator, value),
    next: keyAt + (word === ',' || word === '' ? 2 : 3),
  };
}

function comparison(key: string, operator: string, value: string): LabelSelector {
  switch (operator) {
    case '!=':
      return (labels) => labels[key] !== value;
    case '<':
      return (labels) => key in labels && Number(labels[key]) < Number(value);
    case '>':
      return (labels) => key in labels && Number(labels[key]) > Number(value);
    default:
      return (labels) => labels[key] === value;
  }
}

function parseSet(tokens: readonly string[], at: number, key: string, operator: 'in' | 'notin'): Parsed {
  if (tokens[at] !== '(') throw badRequest(`found '${tokens[at] ?? ''}' expected: '('`);
  const end = tokens.indexOf(')', at);
  if (end < 0) throw badRequest("found '', expected: ',' or ')'");
  const values = tokens.slice(at + 1, end).filter((token) => token !== ',');
  for (const value of values) checkValue(key, value);
  const requirement: LabelSelector =
    operator === 'in'
      ? (labels) => key in labels && values.includes(labels[key] as string)
      : (labels) => !(key in labels && values.includes(labels[key] as string));
  return { requirement, next: end + 1 };
}

function isWord(token: string): boolean {
  return token !== '' && !/^[=!(),<>]+$/.test(token);
}

function checkKey(key: string): void {
  const [why] = checkQualifiedName(key);
  if (why !== undefined)
    throw badRequest(`unable to parse requirement: key: Invalid value: ${JSON.stringify(key)}: ${why}`);
}

function checkValue(key: string, value: string): void {
  const [why] = checkLabelValue(value);
  if (why === undefined) return;
  throw badRequest(
    `unable to parse requirement: values[0][${key}]: Invalid value: ${JSON.stringify(value)}: ${why}`,
  );
}
