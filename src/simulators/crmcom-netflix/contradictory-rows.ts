/**
 * The five rows of the vendor's own charges/list example, as orders of the admin face: all PENDING, although each
 * says when it was approved or rejected, and the second was received long before the first (fact sheet 4.5).
 */
export const CONTRADICTORY_ROWS = [
  {
    number: 'I00002662',
    customer: 'pci150',
    amount: 5.99,
    receivedOn: '2017-02-06T07:18:47+02:00',
    paidThroughDate: '2017-02-04T02:00:00+02:00',
    setAs: { REJECTED: '2017-02-06T07:22:07+02:00' },
  },
  {
    number: 'I00002671',
    customer: 'pci150',
    amount: 5.99,
    receivedOn: '2016-07-06T07:18:47+03:00',
    paidThroughDate: '2017-02-04T02:00:00+02:00',
    setAs: { REJECTED: '2017-02-06T07:22:07+02:00' },
  },
  {
    number: 'I00002776',
    customer: '1pci30',
    amount: 5.99,
    receivedOn: '2017-02-21T10:07:23+02:00',
    paidThroughDate: '2017-02-19T02:00:00+02:00',
    setAs: { APPROVED: '2017-02-21T10:38:58+02:00' },
  },
  {
    number: 'I00002778',
    customer: '1pci28',
    amount: 2.99,
    receivedOn: '2017-02-21T10:07:24+02:00',
    paidThroughDate: '2017-02-19T02:00:00+02:00',
    setAs: { APPROVED: '2017-02-21T10:38:58+02:00' },
  },
  {
    number: 'I00002780',
    customer: '1pci26',
    amount: 1.99,
    receivedOn: '2017-02-21T10:07:24+02:00',
    paidThroughDate: '2017-02-19T02:00:00+02:00',
    setAs: { APPROVED: '2017-02-21T10:38:58+02:00' },
  },
] as const;
