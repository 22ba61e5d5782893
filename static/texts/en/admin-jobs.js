/** Texts of the console: jobs. */
export default {
  title: 'Jobs', text: 'Work that is done behind the counter: letters, webhooks, units on their way back. What succeeds leaves the list.', lookAgain: 'Look again', byState: 'Jobs by state', tabWaiting: 'Waiting', tabParked: 'Given up',
  job: 'Job', state: 'State', due: 'Due', givenUp: 'Given up', attempts: 'Attempts', acts: 'What can be done', since: 'since {when}', waiting: 'waiting', running: 'running', parked: 'given up', retry: 'Retry', retried: 'Job {id} is tried again now',
  kind_mail_order: 'Letter about an order', kind_mail_proof: 'Letter with a code', kind_mail_webhook_off: 'Letter about a webhook', kind_webhook_event: 'Event for webhooks', kind_webhook_delivery: 'Delivery to a webhook', kind_sale_give: 'Units back into a sale',
  noneWaiting: 'Nothing waits', noneWaitingText: 'All work is done.', noneParked: 'Nothing was given up', noneParkedText: 'A job that fails again and again ends here, and waits for you.',
};
