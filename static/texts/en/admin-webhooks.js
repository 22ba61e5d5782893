/** Texts of the console: webhooks. */
export default {
  title: 'Webhooks', text: 'Addresses that are told when something happens to an order. Every delivery is signed.', add: 'Add a webhook', addTitle: 'Who shall be told?',
  address: 'Address', addressHint: 'http or https, of a server that is yours', badUrl: 'An address such as https://example.com/hook', events: 'Events', oneEvent: 'Choose at least one', lastAnswer: 'Last answer', acts: 'What can be done',
  everything: 'everything', order_placed: 'order placed', order_paid: 'paid', order_cancelled: 'cancelled', order_shipped: 'shipped', order_completed: 'arrived', order_refunded: 'refunded',
  since: 'added {when}', never: 'nothing sent yet', off: 'switched off', offSince: 'since {when}', failing: 'fails since {when}', taken: 'taken', noAnswer: 'no answer', waiting: 'on its way',
  enable: 'Enable', enabled: 'It is told again from now on', deliveries: 'Deliveries', deleteNamed: 'Delete {url}', delete: 'Delete', keep: 'Keep it', deleteAsk: 'Delete this webhook?', deleteText: '{url} is told nothing any more, also not of what is still on its way.', deleted: 'The webhook is gone',
  none: 'Nobody is told yet', noneText: 'Add the address of a server that shall hear of orders, such as your bookkeeping or your parcel service.',
  secretTitle: 'Keep this secret', secretText: 'The receiver checks the signature of every delivery with it. It is shown only this once; without it, delete the webhook and add it anew.', secretKept: 'I have put it in a safe place', secretDone: 'Done',
  event: 'Event', answer: 'Answer', replay: 'Send again', replayed: 'It is sent once more', lookAgain: 'Look again', attempts: { one: '{n} attempt', other: '{n} attempts' }, noDeliveries: 'Nothing was sent yet', noDeliveriesText: 'The next event of an order appears here.',
};
