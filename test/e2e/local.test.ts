import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { describeWithKubectl, kubectl } from '../support/kubectl.ts';
import { bePatient } from '../support/patience.ts';
import { isRunning, type Program, startProgram } from '../support/program.ts';

bePatient();

const folders: string[] = [];
const programs: Program[] = [];

afterAll(async () => {
  for (const program of programs.splice(0)) {
    program.kill('SIGTERM');
    await program.ended;
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'local-'));
  folders.push(made);
  return made;
}

/** `vendorplane local ARGS` in an empty folder. */
function local(args: readonly string[], cwd = folder()): Program {
  const program = startProgram(['local', ...args], cwd);
  programs.push(program);
  return program;
}

/** A folder of manifests with these files. */
function manifests(files: Readonly<Record<string, string>>): string {
  const dir = join(folder(), 'manifests');
  mkdirSync(join(dir, 'simulators'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
const ACCOUNT = `apiVersion: vendorplane.dev/v1alpha1
kind: VendorAccount
metadata: {name: google, namespace: shop}
spec:
  vendor: GoogleZeroTouch
  mode: Enforce
  googleZeroTouch: {partnerId: "1234567890", credentialsSecretRef: {name: key}}
`;
const CUSTOMER = `apiVersion: vendorplane.dev/v1alpha1
kind: Customer
metadata: {name: nobody, namespace: shop}
spec: {accountRef: {name: google}, companyName: Nobody Ltd}
`;

const CLAIM = `apiVersion: vendorplane.dev/v1alpha1
kind: DeviceClaim
metadata: {name: phones, namespace: shop}
spec:
  customerRef: {name: nobody}
  devices:
  - {imei: "490154203237518", manufacturer: Google}
  - {imei: "356938035643809", manufacturer: Google}
`;

/** Processes below this one, by their ids. */
function childrenOf(pid: number): readonly number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return list === '' ? [] : list.split(' ').map(Number);
}

describe.concurrent('vendorplane local', () => {
  test('brings the example fleet to where its annotations expect it, in plain lines, and ends with 0', async () => {
    const program = local(['--until-converged', '--timeout', '500']);
    expect(await program.ended).toBe(0);
    expect(program.stderr()).toBe('');
    const said = program.stdout();
    // Nothing but printable text and line ends: it is not a terminal.
    expect(said.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(said).toMatch(/^Kubernetes API {3}an embedded one at http:\/\/127\.0\.0\.1:\d+$/m);
    expect(said).toMatch(/^dclaim\/acme-phones ready=True claimed=240\/240 pending=0 failed=0 AllClaimed: /m);
    expect(said).toMatch(
      /^dclaim\/initech-handhelds ready=True claimed=2000\/2000 pending=0 failed=0 AllClaimed: /m,
    );
    expect(said).toMatch(
      /^dclaim\/acme-scanners ready=False claimed=58\/60 pending=0 failed=2 DevicesFailed: /m,
    );
    expect(said).toMatch(
      /^dclaim\/globex-tablets ready=False claimed=60\/61 pending=0 failed=0 DevicesConflicted: /m,
    );
    // One Samsung customer approves only after a while.
    expect(said).toMatch(/^dclaim\/acme-galaxies ready=False claimed=0\/40 .* AwaitingCustomer: /m);
    expect(said).toMatch(/^dclaim\/acme-galaxies ready=True claimed=40\/40 pending=0 failed=0 AllClaimed: /m);
    expect(said).toMatch(
      /^dclaim\/globex-galaxies ready=False claimed=13\/14 pending=0 failed=1 DevicesFailed: /m,
    );
    // A subscriber registers, another lets the token end, one set-top box is somebody else's, charges are drained.
    expect(said).toMatch(/^nsub\/pci123 ready=False RegistrationOpen: /m);
    expect(said).toMatch(/^nsub\/pci123 ready=True SubscriptionActive: /m);
    expect(said).toMatch(/^nsub\/pci124 ready=False TokenExpired: /m);
    expect(said).toMatch(
      /^nreg\/set-top-boxes ready=False claimed=3\/4 pending=0 failed=1 DevicesUnconfirmed: /m,
    );
    expect(said).toMatch(/^nfeed\/charges ready=True claimed=3\/3 pending=0 failed=0 Drained: /m);
    expect(said).toContain(
      'Settled: 16 of 22 resources are Ready, and these are not, as their manifests expect:',
    );
    // Three lines go the whole way; one is refused in the vendor's own words, which its status has.
    expect(said).toMatch(
      /^vdel\/retired-trackers ready=True claimed=3\/3 gone pending=0 failed=0 AllDeleted: /m,
    );
    expect(said).toMatch(
      /^vdel\/somebody-elses-line ready=False claimed=0\/1 gone pending=0 failed=1 LinesFailed: /m,
    );
    expect(said).toMatch(/kubectl -n fleet get vendorplane/);
  });

  test('ends with 3 when a resource waits for a person and no annotation says so', async () => {
    const program = local([
      '--until-converged',
      '--manifests',
      manifests({ 'all.yaml': `${NAMESPACE}---\n${ACCOUNT}---\n${CUSTOMER}` }),
    ]);
    expect(await program.ended).toBe(3);
    expect(program.stdout()).toMatch(
      /cust\/nobody ready=False CompanyNotFound: the vendor lists no company called "Nobody Ltd"/,
    );
    expect(program.stdout()).toMatch(/These wait for a person:\n {2}Customer\/nobody\n/);
  });

  test('goes on from its data directory: the vendor still has what was claimed, and nothing is claimed again', async () => {
    const customer = CUSTOMER.replace('Nobody Ltd', 'Some Ltd');
    const dir = manifests({
      'all.yaml': `${NAMESPACE}---\n${ACCOUNT}---\n${customer}---\n${CLAIM}`,
      'simulators/google-zero-touch.yaml': 'customers: [{companyName: Some Ltd}]\n',
    });
    const dataDir = folder();
    const args = ['--until-converged', '--manifests', dir, '--data-dir', dataDir];
    const world = () => {
      const file = join(dataDir, 'simulators', 'google-zero-touch.json');
      const { operations, store } = JSON.parse(readFileSync(file, 'utf8')) as {
        readonly operations: readonly unknown[];
        readonly store: { readonly devices: readonly { readonly claims: readonly unknown[] }[] };
      };
      return {
        operations: operations.length,
        held: store.devices.filter(({ claims }) => claims.length > 0).length,
      };
    };
    const first = local(args);
    expect([await first.ended, first.stderr()]).toEqual([0, '']);
    expect(world()).toEqual({ operations: 1, held: 2 });
    // Two devices more: the controller has to read the vendor and to plan before this run can end.
    writeFileSync(
      join(dir, 'all.yaml'),
      `${readFileSync(join(dir, 'all.yaml'), 'utf8')}  - {imei: "356938030000013", manufacturer: Google}\n  - {imei: "356938030000021", manufacturer: Google}\n`,
    );
    const second = local(args);
    expect([await second.ended, second.stderr()]).toEqual([0, '']);
    expect(second.stdout()).toMatch(/dclaim\/phones ready=True claimed=4\/4/);
    expect(world()).toEqual({ operations: 2, held: 4 });
  });

  test('ends with 1 when it is not settled in time, and says what still moves', async () => {
    const missing = CUSTOMER.replace('name: google', 'name: absent');
    const program = local([
      '--until-converged',
      '--timeout',
      '4',
      '--manifests',
      manifests({ 'all.yaml': `${NAMESPACE}---\n${missing}` }),
    ]);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toBe('vendorplane: not settled in time: Customer/nobody\n');
  });
});

describe.concurrent('what vendorplane local cannot start with is told in one sentence, and the code is 1', () => {
  test('broken YAML, by file, line and column', async () => {
    const dir = manifests({ 'broken.yaml': `${NAMESPACE}---\nkind: [VendorAccount\nmetadata: {}\n` });
    const program = local(['--manifests', dir]);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(/^vendorplane: .*broken\.yaml:\d+:\d+: .+\n$/);
  });

  test('a manifest that only the API can refuse, by file, line and field path', async () => {
    const refused = ACCOUNT.replace('vendor: GoogleZeroTouch', 'vendor: SamsungKnox');
    const program = local(['--manifests', manifests({ 'account.yaml': `${NAMESPACE}---\n${refused}` })]);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(/^vendorplane: .*account\.yaml:5: .*spec\.samsungKnox.*\n$/);
  });

  test('a value that is not allowed, by file, line, column and field path', async () => {
    const refused = ACCOUNT.replace('mode: Enforce', 'mode: Sometimes');
    const program = local(['--manifests', manifests({ 'account.yaml': `${NAMESPACE}---\n${refused}` })]);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(
      /^vendorplane: .*account\.yaml:10:9: VendorAccount google: spec\.mode must be one of Observe, Plan, Enforce\n$/,
    );
  });

  test('a field nobody knows, by file, line, column and field path', async () => {
    const refused = ACCOUNT.replace('mode: Enforce', 'mode: Enforce\n  mood: sunny');
    const program = local(['--manifests', manifests({ 'account.yaml': `${NAMESPACE}---\n${refused}` })]);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(
      /^vendorplane: .*account\.yaml:11:9: VendorAccount google: spec\.mood is not a known field\n$/,
    );
  });

  test('a kind it does not know, by file and line', async () => {
    const program = local([
      '--manifests',
      manifests({ 'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n' }),
    ]);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(/^vendorplane: .*pod\.yaml:1: .*Pod.*\n$/);
  });

  test('an object without a name, by file and line', async () => {
    const program = local(['--manifests', manifests({ 'x.yaml': '\n\nkind: Customer\napiVersion: v1\n' })]);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(/^vendorplane: .*x\.yaml:3: .*metadata\.name.*\n$/);
  });

  test('a folder that does not exist, or holds nothing', async () => {
    const absent = local(['--manifests', '/does/not/exist']);
    expect(await absent.ended).toBe(1);
    expect(absent.stderr()).toMatch(/^vendorplane: the folder \/does\/not\/exist cannot be read.*\n$/);
    const empty = local(['--manifests', manifests({})]);
    expect(await empty.ended).toBe(1);
    expect(empty.stderr()).toMatch(/^vendorplane: .*holds no \.yaml, \.yml or \.json file\n$/);
  });

  test('a port that is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as { port: number };
    const program = local(['--port', String(port)]);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(new RegExp(`^vendorplane: [^\\n]*${port}[^\\n]*\\n$`));
    await new Promise((resolve) => holder.close(resolve));
  });

  test('a command line that is wrong, with the code 2', async () => {
    const program = local(['--prot', '8080']);
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toContain("unknown option '--prot'");
    const wrongPort = local(['--port', '70000']);
    expect(await wrongPort.ended).toBe(2);
    expect(wrongPort.stderr()).toContain('from 0 to 65535');
    const wrongTimeout = local(['--timeout', 'soon']);
    expect(await wrongTimeout.ended).toBe(2);
    expect(wrongTimeout.stderr()).toContain('a number of seconds above 0');
  });
});

describe.concurrent('Ctrl-C', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends the program, and its controller by itself',
    async (signal) => {
      const cwd = folder();
      const program = local([], cwd);
      await program.said('cust/acme ready=True');
      const [controller] = childrenOf(program.pid);
      expect(controller).toBeDefined();
      program.kill(signal);
      expect(await program.ended).toBe(0);
      expect(isRunning(controller as number)).toBe(false);
      // One that was killed, because it took too long, would not have said so.
      expect(readFileSync(join(cwd, '.vendorplane/controller.log'), 'utf8')).toContain('"controller ended"');
    },
  );

  test('a controller that dies is said, and ends the program', async () => {
    const program = local([]);
    await program.said('cust/acme ready=True');
    const [controller] = childrenOf(program.pid);
    process.kill(controller as number, 'SIGKILL');
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(/^vendorplane: the controller ended with signal SIGKILL; .*\n$/);
  });
});

describeWithKubectl('the kubeconfig that vendorplane local names', () => {
  test('works with kubectl, and the commands it proposes do too', async () => {
    const cwd = folder();
    const program = local([], cwd);
    await program.said('Try next');
    const said = program.stdout();
    const named = /export KUBECONFIG=(.+)/.exec(said)?.[1] ?? '';
    // As if typed in the folder in which it was started.
    const proposed = [...said.matchAll(/^ {2}kubectl (.+?)(?: +#.*)?$/gm)].map((match) =>
      (match[1] ?? '').split(' ').map((word) => (word.endsWith('.yaml') ? join(cwd, word) : word)),
    );
    expect(proposed.length).toBeGreaterThanOrEqual(4);
    for (const args of proposed) {
      const run = await kubectl(join(cwd, named), args);
      expect(run.stderr).toBe('');
      expect(run.code).toBe(0);
      expect(run.stdout).toMatch(/acme|vop-/);
    }
  });
});
