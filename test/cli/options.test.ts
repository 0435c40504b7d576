import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { candidacyOf } from '../../src/cli/controller/leadership/flags.ts';
import { addFlags, type Options, parseAddress } from '../../src/cli/controller/options.ts';

function parse(...args: readonly string[]): Options {
  const command = addFlags(new Command('controller'))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse([...args], { from: 'user' }).opts();
}

describe('addresses', () => {
  test.each<readonly [string, object, string]>([
    [':8080', { port: 8080 }, 'every address of the machine'],
    ['127.0.0.1:9', { host: '127.0.0.1', port: 9 }, 'one address'],
    ['[::1]:8080', { host: '::1', port: 8080 }, 'IPv6 stands in brackets'],
    ['localhost:0', { host: 'localhost', port: 0 }, 'any free port'],
  ])('%s is %j: %s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  test.each(['8080', '', ':', ':70000', '::1:80', 'http://x:80', ':8080/metrics'])('%j is none', (text) => {
    expect(() => parseAddress(text)).toThrow('must look like');
  });
});

describe('leader election', () => {
  test('without flags the timings are those of the field, and nothing is elected', () => {
    const options = parse();
    expect(options.leaderElect).toBeUndefined();
    expect(candidacyOf(options, undefined)).toMatchObject({
      lease: { namespace: 'default', name: 'vendorplane-controller' },
      terms: { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 },
    });
  });

  test('the lease stands in the namespace of the pod, unless told otherwise', () => {
    expect(candidacyOf(parse(), 'system').lease.namespace).toBe('system');
    expect(candidacyOf(parse('--lease-namespace', 'other'), 'system').lease.namespace).toBe('other');
  });

  test('two processes of one host have two identities; one that was given is taken as it is', () => {
    const identity = (...args: string[]): string => candidacyOf(parse(...args), undefined).terms.identity;
    expect(identity()).not.toBe(identity());
    expect(identity('--identity', 'me')).toBe('me');
  });

  test.each([
    [['--lease-duration', '1500ms'], 'whole number of seconds', 'a Lease holds whole seconds'],
    [['--renew-deadline', '20s'], 'renew deadline is not below', 'two could believe to lead at once'],
    [['--retry-period', '10s'], 'retry period is not below', 'there would be no second attempt'],
    [['--identity', ''], 'identity is empty', 'an empty holder means released'],
  ])('%j is refused: %s', (args, message) => {
    expect(() => candidacyOf(parse(...args), undefined)).toThrow(message);
  });

  test('a duration needs its unit', () => {
    expect(() => parse('--lease-duration', '15')).toThrow('it must be a duration such as 15s');
  });
});
