/** Texts of log in, join, codes from letters. */
export default {
  // log in
  userName: 'User name', password: 'Password', forgotten: 'Forgotten?', nameMissing: 'Type your user name', passwordMissing: 'Type your password',
  mismatch: 'User name and password do not match. Nothing is locked.',
  backToSale: 'Then we take you straight back to the sale.', backToProduct: 'Then we take you back to what you were looking at.', onToCheckout: 'Then you go on with your purchase.',
  backToPlace: 'Then we take you back to where you were.', bagComesAlong: 'What is in your bag comes along.',
  aboutToClaim: 'You were about to claim', lookingAtSale: 'You were looking at this sale', aboutToBuy: 'You were about to buy', lookingAt: 'You were looking at', bagWaits: 'In your bag',
  andMore: { one: 'and {n} more', other: 'and {n} more' },
  demo: 'This is a demo shop. Log in as <b>alice</b> or <b>bob</b> with <code>stampede-demo</code>; the PIN is <code>246810</code>. <b>admin</b> with <code>stampede-admin</code> opens the console.', fillIn: 'Fill in {name}',
  // join
  joinLead: 'Three fields, ten seconds.', pin: 'Payment PIN', nameRule: '3 to 32 letters or digits of any script; _ . and - are fine too', passwordRule: 'At least 8 characters; a few words make a good one',
  pinRule: '6 to 32 characters; it pays from your wallet, so make it another one', nameTaken: 'This user name is taken. Choose another, or log in if it is yours.',
  haveOne: 'You have an account?', demoJoin: 'This is a demo shop. A new account finds play money in its wallet.',
  // forgotten password
  resetTitle: 'A new password', resetLead: 'We send a code to the address that your account has confirmed.', email: 'E-mail', resetHint: 'Without a confirmed address, only an admin of the shop can help.',
  emailMissing: 'Type your address', sendLetter: 'Send the code', haveCode: 'I have a code', renewLead: 'Every log-in of yours ends, so that only the new password opens the account.',
  newPassword: 'New password', setPassword: 'Set the password', askAgain: 'Ask for another code', codeMissing: 'Copy the code from the letter', resetDone: 'Your new password is set. Log in with it.',
  // rules, pauses
  atLeast: { one: 'At least {n} character', other: 'At least {n} characters' }, backIn: 'The button is back in <time>{time}</time>.', secondsLong: { one: '{n} second', other: '{n} seconds' },
  // codes
  code: 'Code', codeHint: 'It is in the letter, and works once, for 15 minutes.', letterSent: 'If an account has confirmed this address, a letter is on its way.', letterSentTo: 'A letter is on its way to {to}.',
  openMailbox: 'Open the mailbox of the demo',
  verifyTitle: 'Confirm with a code', verifyLead: 'Copy the code from the letter that we sent you.', verify: 'Confirm', verifyDone: 'Confirmed', codeTaken: 'The code was taken, and what you asked for is done.', toAccount: 'To your account',
};
