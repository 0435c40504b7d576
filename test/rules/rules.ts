/** A sentence of the public contract, and a test that reads like it: its file, and words of its title. */
export interface Rule {
  readonly says: string;
  readonly file: string;
  readonly test: string;
}

function rules(...rows: readonly (readonly [says: string, file: string, test: string])[]): readonly Rule[] {
  return rows.map(([says, file, test]) => ({ says, file: `${file}.test.ts`, test }));
}

const FOR_ALL = rules(
  ['Unknown policy values are rejected, never guessed', 'api/validate', 'an unknown policy value'],
  ['The default is always the least power', 'api/defaults', 'each the least power'],
  ['References are immutable', 'e2e/bad-input', 'a reference that is changed'],
  [
    'A changed ConfigMap takes effect without a restart',
    'e2e/release',
    'takes effect as soon as it is there, and every time it changes',
  ],
  [
    'suspend: nothing new is sent',
    'e2e/claims',
    'that is suspended sends nothing, and goes on when it is resumed',
  ],
  [
    'suspend on a Customer stops what its claims would send',
    'e2e/claims',
    'under a suspended customer sends nothing, releases nothing',
  ],
  [
    'suspend: what was sent is followed to its end',
    'engine/holding-back',
    'follows what was sent to its end',
  ],
  [
    'The annotation reconcile-requested-at is honoured and echoed',
    'e2e/claims',
    'look again when asked to, and echo the request',
  ],
  ['Ready from the first touch on; never Reconciling and Stalled', 'kube/conditions', 'faults'],
  [
    'A missing reference is Reconciling for two minutes, then Stalled',
    'controllers/standing',
    'missed for nearly as long as it may be on its way',
  ],
  ['… and heals by itself', 'e2e/bad-input', 'what is missing is named, and heals by itself when it appears'],
  [
    'Stalled only when all that is left needs a person: an account of the wrong vendor',
    'controllers/account-lookup',
    'waits for a person, at one of $right for the account',
  ],
  ['kubectl wait works', 'e2e/kubectl', 'wait --for=condition=Ready ends when a claim'],
);

const VENDOR_ACCOUNT = rules(
  [
    'A second VendorAccount of one scope is Stalled, DuplicateAccount',
    'e2e/accounts',
    'of a vendor identity that another one stands for is a duplicate',
  ],
  [
    'The records say which one is first',
    'e2e/restart',
    'knows which of two accounts of one vendor identity was first',
  ],
  [
    'The scope is the vendor identity, not the object',
    'controllers/vendor-account/identity',
    'is the same with',
  ],
  ['mode Observe and Plan: nothing is written', 'e2e/claims', 'sends nothing until the mode is Enforce'],
  [
    'caBundleSecretRef',
    'controllers/vendor-account/identity',
    'a private authority comes from a Secret of its own',
  ],
  [
    'firstContact: an account without records that meets declared items waits',
    'engine/first-contact',
    'an account that meets a fleet it has no record of writes nothing, and says so',
  ],
  [
    'resyncInterval is a floor, jittered',
    'domain/small-rules',
    'between looks are a tenth longer at most, and never shorter',
  ],
  [
    '… stretched so that full looks use at most half the quota',
    'engine/quota',
    'take at most half of each day, and the account says how often they come',
  ],
  [
    'limits default per vendor',
    'controllers/vendor-account/identity',
    'the vendor’s limits hold where the spec is silent',
  ],
  ['requestsPerSecond', 'http/quota', 'one second’s worth may go at once, then they go at the rate'],
  ['requestsPerDay', 'http/quota', 'no 24 hours ever hold more than the limit'],
  ['guard.window', 'engine/releasing', 'lets go again when the window has passed'],
  ['guard.window at most 168h', 'api/rule-cases', 'a window over a week'],
  [
    'guard.settle: destructive actions wait after the last edit that touches them',
    'engine/releasing',
    'nothing is sent before the time has passed since the edit',
  ],
  ['guard.destructive', 'e2e/release', 'waits for the guard, all of it, and goes when the budget is raised'],
  [
    'guard.creations, 0 by default',
    'engine/creating',
    'waits, visibly, as long as the budget is nought, which it is by default',
  ],
  [
    'guard.irreversible',
    'engine/irreversible',
    'what can never be undone settles, and spends a budget of its own',
  ],
  ['guard.shrinkPercent', 'engine/shrinking', 'a list that lost nearly everything is not believed alone'],
  [
    'allowed = min(maxItems, max(floor, ceil(maxPercent * base / 100)))',
    'domain/guard',
    'allowed = min(maxItems, max(floor, ceil(maxPercent * base / 100)))',
  ],
  [
    'An item is counted when its intent is journaled',
    'engine/guard',
    'what was reserved counts from when its intent follows',
  ],
  ['… by the API server’s clock', 'e2e/guard-clock', 'a controller whose clock is hours ahead'],
  [
    '… and uncounted only if the intent was abandoned unsent',
    'engine/releasing',
    'is given back what was abandoned unsent',
  ],
  ['Restarting cannot reset the ledger', 'engine/releasing', 'does not forget over a kill and a restart'],
  [
    'Many small commits cannot reset it',
    'engine/releasing',
    'does not forget what was spent: many small edits are one',
  ],
  [
    'Deleting operations cannot reset it',
    'e2e/audit-time',
    'what the guard counted stays counted without them',
  ],
  ['A misconfigured guard blocks', 'domain/guard', 'what is no number allows none'],
  [
    'status.quota, written at most every 30 s',
    'controllers/vendor-account/status',
    'is written at most every 30 s, since it changes with every call',
  ],
  [
    'status.quota.effectiveResyncInterval',
    'controllers/vendor-account/status',
    'the resync interval that is really in force',
  ],
  [
    'status.pending: estimated from the token bucket, or absent',
    'controllers/vendor-account/status',
    'has no estimate when there is nothing to do',
  ],
  [
    'One quota: a person’s edit, then polls, then drift',
    'engine/quota',
    'goes to what a person edits before looks that are only due',
  ],
  ['An error loop never burns the day’s quota', 'engine/quota', 'an error loop never burns the day’s quota'],
  ['429 and Retry-After', 'http/quota', 'a pause stops everything until it is over'],
);

const CUSTOMER = rules(
  ['Found by its name', 'e2e/accounts', 'is found by its name, and its devices are counted'],
  ['companyId: adopt this company', 'e2e/accounts', 'with an id that belongs to another name says so'],
  ['adoption Never', 'e2e/accounts', 'that may not adopt says which company it would be'],
  ['adoption Adopt: nothing is created', 'domain/company', 'that is not there is not created under Adopt'],
  ['adoption AdoptOrCreate', 'e2e/customers', 'waits for a budget, is then created once, and takes devices'],
  ['companyName is frozen once bound', 'api/rule-cases', 'another name for a bound company'],
  ['companyId equals status.companyId once bound', 'api/rule-cases', 'another company than the bound one'],
  ['ownerEmails are needed to create', 'e2e/customers', 'is not created without owners'],
  [
    'Two companies of the same name: AmbiguousCompany, never a guess',
    'e2e/customers',
    'twice under one name is never guessed, and bound once its id is named',
  ],
  [
    'Creation is looked up again first, with time for the vendor’s list to catch up',
    'engine/creating',
    'is looked for twice, as far apart as the vendor’s list may lag, and then created once',
  ],
  [
    'Creation is journaled; a lost reply never makes a second',
    'e2e/customers',
    'is found by its name when the reply to its creation is lost',
  ],
  ['A kill never makes a second', 'engine/creating', 'when the process dies between the call and its reply'],
  [
    'What no read can settle waits for a person',
    'engine/creating',
    'when nothing shows whether it was: that waits for a person, through restarts too',
  ],
  [
    'Two resources of one name never make two companies',
    'e2e/customers',
    'that two resources name is created once, and both are bound to it',
  ],
  [
    'A binding outlives a twin and a rename',
    'engine/creating',
    'when a twin of that name comes up later, and the status is lost',
  ],
  [
    'termsStatus',
    'e2e/customers',
    'shows whether it accepted the vendor’s terms, and is awaited until it has',
  ],
  ['Devices no claim names are counted', 'controllers/census', 'what no claim names'],
  [
    '… as soon as a look shows them',
    'engine/no-news',
    'a device that nobody declares and that comes to a customer is news',
  ],
  ['… and never touched', 'engine/holders', 'what nothing declares is reported and never touched'],
);

const DEVICE_CLAIM = rules(
  ['At most 1,000 devices inline', 'api/rule-cases', 'one more'],
  [
    'A gzip file of 100,000 rows works',
    'controllers/lists/declared',
    'of 100,000 devices fits into one ConfigMap',
  ],
  [
    'A bad row is reported by file, line and reason',
    'controllers/lists/declared',
    'tell a bad entry as it is written, and a bad row by file and line',
  ],
  [
    '… the good rows are claimed',
    'e2e/claims',
    'a wrong check digit, an unknown manufacturer and a duplicate fail alone',
  ],
  [
    'It releases nothing while a source is missing, unreadable, has a rejected row, or is empty',
    'e2e/release',
    '$why releases nothing, and says so',
  ],
  [
    '… and is not Ready meanwhile: Ready never hides what is not in sync',
    'controllers/lists/release-held',
    'is not in step: a claim that has lost all its rows is not Ready',
  ],
  [
    'A list is text in UTF-8, packed where its key ends in .gz; anything else is unreadable',
    'controllers/lists/source',
    'are no list, and why is told in words',
  ],
  [
    'Ready=True: every declared item was seen as declared; not while an earlier release of it still runs',
    'engine/releasing',
    'while its release runs at the vendor is pending, never claimed, and is claimed anew',
  ],
  [
    'A per-item success counts as seen, and the next look verifies it',
    'engine/observing',
    'is taken again as soon as it is late enough, and not only when the next one is due',
  ],
  [
    'To release everything, delete the resource',
    'e2e/release',
    'holds up the deletion of a claim until the vendor has taken everything back',
  ],
  [
    'A wrong check digit or a duplicate is a per-item failure, not a refused manifest',
    'api/validate',
    'what is wrong with one fails that device, not the list',
  ],
  [
    'failures: at most 50, the rest counted',
    'controllers/device-claim/tally',
    'fifty are told and all are counted',
  ],
  [
    'Entries that share any identifier are the same device: adding a serial to an IMEI is no release and claim',
    'engine/same-device',
    'nothing is released and nothing is claimed',
  ],
  [
    '… within one claim that is told',
    'controllers/device-claim/devices',
    'entries that share $why name one device, which is told',
  ],
  ['Dual SIM: the list may show the other IMEI', 'engine/same-device', 'is known by either of them'],
  [
    '… and two claims that name one IMEI each conflict',
    'engine/same-device',
    'belongs to one of two claims that name one IMEI each',
  ],
  ['The resolution is recorded', 'engine/same-device', 'its record keeps its name over a restart'],
  [
    'Holder rule 1: the claim the record names',
    'domain/device-plan',
    'the one the record names, before anything else',
  ],
  [
    'Holder rule 2: the claim whose customer the vendor shows',
    'domain/device-plan',
    'the one whose customer holds it, when no record names one',
  ],
  ['Holder rule 3: the older claim', 'domain/device-plan', 'the older one, when nobody holds it'],
  ['Holder rule 4: namespace and name', 'domain/device-plan', 'the first by name, when they are of one age'],
  [
    'The others report Conflicted and name the holder',
    'e2e/claims',
    'that names what another claim holds is Conflicted and names that claim',
  ],
  [
    'A conflict never causes a release',
    'engine/holders',
    'when the holder goes, the other takes over without a write',
  ],
  [
    'Nothing is computed before all lists are complete',
    'engine/restarts',
    'before the lists are complete nothing is read and nothing is written',
  ],
  [
    'A device declared and seen at the declared customer is recorded, whoever claimed it',
    'engine/holders',
    'a device that stands at its customer already is adopted without a write',
  ],
  ['Only recorded devices are ever released', 'engine/releasing', 'that no record of ours speaks of'],
  [
    '… under the releasePolicy recorded with them',
    'engine/releasing',
    'goes by the policy that was recorded last while it was declared',
  ],
  [
    'A device held by another customer without a record is never moved: Conflicted, reason HeldByOtherCustomer',
    'e2e/claims',
    'of a device another customer of ours holds leaves it there',
  ],
  ['releasePolicy Unclaim', 'e2e/release', 'follows an edit, and only what was taken out goes'],
  ['releasePolicy Keep', 'e2e/release', 'does not happen under Keep, and the claim has no finalizer'],
  [
    'onVendorRelease Report and Reclaim',
    'e2e/claims',
    'reports a device the customer let go of, and claims it again only when told to',
  ],
  [
    'Move to a claim of the same customer: no write',
    'engine/releasing',
    'to a claim of the same customer is no write at all',
  ],
  [
    '… except the order number',
    'e2e/order-numbers',
    'is all that is written when devices go over to another claim of the same customer',
  ],
  [
    'Move to another customer: unclaim, seen free, claim',
    'engine/releasing',
    'is released, seen free, and claimed there',
  ],
  ['… which counts as destructive', 'engine/releasing', 'waits for the guard'],
  [
    'Move out of a claim with Keep: Conflicted, reason HeldByKeep, and how to proceed',
    'e2e/release',
    'out of a claim with Keep waits for a person, and says how to proceed',
  ],
  [
    '… also when the old claim let go of it in an earlier commit',
    'e2e/release',
    'too, when the old claim let go of it before the new one came',
  ],
  [
    'The order number follows its claim',
    'e2e/order-numbers',
    'is changed at the vendor by editing the manifest, in one call, and without another claim',
  ],
  [
    '… and is never an endless drift',
    'engine/order-numbers',
    'is told once more, and then believed: never an endless drift',
  ],
  [
    'One operation in flight per device',
    'engine/unknown-outcomes',
    'lets no second write of a settled item start before the first operation has ended',
  ],
  [
    'awaitingCustomer, not failed',
    'engine/awaiting-customer',
    'waits for that from its success on, is recorded, and is never sent again',
  ],
  [
    'A terminating namespace keeps the vendor’s side, and an Event says so',
    'e2e/release',
    'does not happen when the namespace is deleted: the vendor’s side is kept, and everything ends',
  ],
  [
    'A removed CRD keeps the vendor’s side',
    'e2e/deletion',
    'ends with the resources they define, and the vendor’s side is kept',
  ],
  ['Deletion in any order ends', 'e2e/deletion', 'ends when $first goes first'],
  [
    'All deletions pending together are one set for the guard',
    'engine/releasing',
    'counts as one what several claims ask within the settling time',
  ],
);

const VENDOR_OPERATION = rules(
  [
    'The intent is durable before the first byte',
    'engine/batches',
    'the intent is durable before the vendor hears of it',
  ],
  [
    'One operation covers one call; items of all claims share it',
    'engine/batches',
    '12,000 devices in five claims of two customers take the fewest calls the limit allows',
  ],
  [
    'requestKey is unique',
    'controllers/vendor-operation/journal',
    'is never written over an operation with another request key',
  ],
  ['spec is written once', 'api/rule-cases', 'the journal rewritten'],
  [
    'sample: the first 20 keys',
    'controllers/vendor-operation/items',
    'the first twenty are shown, and all are counted',
  ],
  [
    '10,000 items that all fail fit',
    'domain/small-rules',
    'of ten thousand items that failed in ten thousand ways stay small',
  ],
  ['10,000 items fit', 'controllers/vendor-operation/journal', 'of 10,000 items without a pattern fits'],
  [
    'outcomes are grouped, none lost',
    'domain/small-rules',
    'keep every failure with its position, however many different messages there are',
  ],
  [
    'One poisoned item never holds up the others: per-item results',
    'engine/refusals',
    'does not hold up the others',
  ],
  [
    '… and splitting on whole-request failure',
    'engine/refusals',
    'is split until the poisoned device stands alone',
  ],
  [
    'Abandoned: intended, never sent',
    'engine/holding-back',
    'from the moment an intent is being written: it is abandoned, and comes again afterwards',
  ],
  [
    'Items are recorded to the end even after mode or spec changed',
    'engine/restarts',
    'stays at the vendor under Keep, recorded for the resource it was sent for',
  ],
  [
    'Unknown: a lost reply is read back',
    'engine/unknown-outcomes',
    'that did not happen is written again only after a read late enough to prove it',
  ],
  [
    'Unknown that no read can settle waits for a person, who has vendorplane resolve',
    'e2e/resolve',
    'settles an operation that nobody can read back, and says who said so',
  ],
  ['A resolution is written once', 'api/rule-cases', 'a finding taken back'],
  [
    'Finished operations are kept for an audit time',
    'controllers/vendor-operation/retention',
    'stay for the audit time to the hour, and go after it; what is open stays for ever',
  ],
);

const VENDOR_RECORD = rules(
  [
    'Slices of at most 256 KiB',
    'controllers/vendor-record/records',
    'many thousands stand in slices that each fit, and each change finds its slice',
  ],
  [
    'Compressed',
    'controllers/vendor-record/slice',
    'comes back as it was packed, in as few bytes for any order of keys',
  ],
  [
    'A missing record means “not known”',
    'controllers/vendor-record/records',
    'nothing recorded is nothing known',
  ],
  ['… never “not held”', 'engine/releasing', 'by a new process that does not know the claim a record names'],
  [
    'A record that cannot be read is not believed in part',
    'controllers/vendor-record/records',
    'are neither loaded in part nor written over',
  ],
  [
    'A stale process does not write over a newer record',
    'controllers/vendor-record/records',
    'the one that read an older version is refused, to try again',
  ],
  ['A record keeps its vendor identity', 'api/rule-cases', 'a record of another vendor identity'],
);

const NETFLIX_SUBSCRIPTION = rules(
  [
    'state Active: created once, Ready when the subscriber registered',
    'e2e/netflix-subscriptions',
    'is created once, its token goes into its Secret, and it is Ready when the subscriber registered',
  ],
  [
    'state Suspended and Cancelled',
    'e2e/netflix-subscriptions',
    'is suspended, unsuspended and cancelled by edits of its state',
  ],
  ['billingSystemCustomerIdentifier is immutable', 'api/rule-cases', 'the subscriber changed'],
  [
    'The token’s Secret is made, empty, before the call that yields it',
    'e2e/netflix-subscriptions',
    'never writes over a Secret of somebody else',
  ],
  [
    'registrationSecretRef keeps personal data out of Git',
    'e2e/netflix-subscriptions',
    'takes its personal data from a Secret, and says what is wrong with that',
  ],
  [
    'recreateAfterCancel',
    'e2e/netflix-subscriptions',
    'that was cancelled begins anew only where the resource says so, under a token of its own',
  ],
  [
    'releasePolicy Keep and Cancel',
    'e2e/netflix-subscriptions',
    'stays at the vendor when its resource is deleted, and is cancelled where that says Cancel',
  ],
  [
    'What was lost with the records and cannot be read is Stalled, RecordLost',
    'e2e/netflix-subscriptions',
    'is RecordLost while it is not effective, and nothing is sent',
  ],
  [
    'A lost reply never makes a second',
    'e2e/netflix-subscriptions',
    'whose creation lost its reply is not created again, and says that its token is lost',
  ],
  [
    'Cancel and suspend spend the guard',
    'e2e/netflix-subscriptions',
    'is not suspended beyond what the guard allows',
  ],
  [
    'status.promotions of the account',
    'e2e/netflix-subscriptions',
    'shows the operator’s promotions at its account',
  ],
);

const NETFLIX_DEVICE_REGISTRATION = rules(
  [
    'Resources of one scope share calls',
    'e2e/netflix-devices',
    'travel together in one call, those of several resources too',
  ],
  [
    'What was lost with the records and cannot be read is Stalled, RecordLost',
    'e2e/netflix-lost-records',
    'are RecordLost, over restarts and edits of the list, until a person wants them registered again',
  ],
  ['devicesFrom: CSV with esn', 'e2e/netflix-devices', 'come from a gzip CSV, 1,000 a call'],
  [
    'releasePolicy Keep and Unregister',
    'e2e/netflix-devices',
    'are unregistered when they leave a resource that says so, and with it, and else stay',
  ],
  [
    'Unregistering is guarded, and held while a list cannot be trusted',
    'e2e/netflix-devices',
    'are not unregistered beyond the guard, nor because of a list that cannot be trusted',
  ],
  [
    'One poisoned item never holds up the others',
    'e2e/netflix-devices',
    'that the vendor names as failed are unconfirmed, alone',
  ],
);

const NETFLIX_CHARGES = rules(
  [
    'AfterRecording: recorded durably, then acknowledged',
    'e2e/netflix-charges',
    'records each charge, then acknowledges it, fifty at a time, and again when others come',
  ],
  ['acknowledge Never', 'e2e/netflix-charges', 'that does not acknowledge leaves every charge where it is'],
  [
    'review: never acknowledged',
    'e2e/netflix-charges',
    'records contradictory charges for a person and never acknowledges them',
  ],
  [
    'Recording twice is impossible',
    'e2e/netflix-charges',
    'finds out by the list, and loses and repeats nothing',
  ],
  [
    'Deleting the feed deletes no charge',
    'e2e/netflix-charges',
    'takes no charge with it when it is deleted',
  ],
);

const VERIZON_DEVICE_DELETION = rules(
  ['irreversible must be true', 'api/rule-cases', 'spec.irreversible'],
  [
    'deactivated, archived, deleted, proven gone',
    'lines/way',
    'from service to proof: deactivated one by one, archived, deleted together, proven gone',
  ],
  [
    'deactivate: IfActive, default Never',
    'domain/line-plan',
    'it is deactivated only where the resource says so, and once',
  ],
  ['usageSettlesAfter', 'lines/way', 'a line is left alone until late usage has come'],
  ['archive Required: no archive, no deletion', 'lines/faults', 'since there is none deletes nothing'],
  ['guard.irreversible', 'lines/way', 'within a budget of nothing, nothing goes'],
  [
    'A line once proven gone is never deleted again, even after a rebuild',
    'lines/way',
    'that came back is not deleted again, also when every record is lost',
  ],
  ['Reappeared', 'controllers/verizon-device-deletion', "'Reappeared'"],
);

const OPERATION_CONDITIONS = rules([
  'conditions',
  'controllers/vendor-operation/conditions',
  'say of $state whether its outcome is known',
]);

const COMMANDS = rules(
  [
    'local --until-converged: 0 if each is Ready or as example-expects says',
    'e2e/local',
    'brings the example fleet to where its annotations expect it, in plain lines, and ends with 0',
  ],
  [
    'local: 3 if something else waits for a person',
    'e2e/local',
    'ends with 3 when a resource waits for a person and no annotation says so',
  ],
  [
    'local: 1 on the time limit',
    'e2e/local',
    'ends with 1 when it is not settled in time, and says what still moves',
  ],
  ['local --data-dir', 'e2e/local', 'goes on from its data directory'],
  ['local writes a kubeconfig', 'e2e/local', 'works with kubectl, and the commands it proposes do too'],
  ['local --port', 'e2e/local', 'a port that is taken'],
  ['--help everywhere', 'cli/program', 'says with --help what it does and how it ends'],
  ['Errors on stderr in one sentence', 'cli/program', 'is one line on standard error, with code $code'],
  [
    'validate: schema, CEL and cross-resource checks with file:line:column',
    'cli/validate/command',
    'prints file, line and column, and ends with 0 unless warnings count',
  ],
  ['devices: all items, beyond the 50 in status', 'e2e/inspect', 'lists every refused device, beyond the 50'],
  ['… ESNs too', 'cli/devices/esns', 'lists every ESN, those of lists and those that leave'],
  ['… and lines', 'cli/devices/lines', 'lists every line, agrees with the status'],
  ['find: one device, line, ESN or subscriber', 'cli/devices/esns', 'find tells the state of one of them'],
  [
    'resolve: write-once, with name and Event',
    'e2e/resolve',
    'settles an operation that nobody can read back, and says who said so',
  ],
  ['resolve --item', 'e2e/resolve', 'about one item, with a name of one’s own'],
  ['archive verify', 'cli/archive/archive', 'says what is whole'],
  ['archive show', 'cli/archive/archive', 'finds a line by any of its names'],
  [
    'uninstall drops finalizers, keeps the vendor’s side',
    'cli/uninstall',
    'lets a namespace and a definition end that wait for a controller which is no more, and releases nothing',
  ],
  [
    'simulate VENDOR…, on given ports',
    'cli/simulate',
    'several vendors, each on its ports, and all end on SIGTERM',
  ],
);

/** The rules of the contract, by what they are about. */
export const RULES: Readonly<Record<string, readonly Rule[]>> = {
  'every resource': FOR_ALL,
  VendorAccount: VENDOR_ACCOUNT,
  Customer: CUSTOMER,
  DeviceClaim: DEVICE_CLAIM,
  NetflixSubscription: NETFLIX_SUBSCRIPTION,
  NetflixDeviceRegistration: NETFLIX_DEVICE_REGISTRATION,
  'NetflixChargeFeed, NetflixCharge': NETFLIX_CHARGES,
  VerizonDeviceDeletion: VERIZON_DEVICE_DELETION,
  VendorOperation: [...VENDOR_OPERATION, ...OPERATION_CONDITIONS],
  VendorRecord: VENDOR_RECORD,
  'the command line': COMMANDS,
};
