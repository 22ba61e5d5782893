/** Texts of account, wallet, addresses. */
export default {
  // account
  goodMorning: 'Good morning, {name}', goodAfternoon: 'Good afternoon, {name}', goodEvening: 'Good evening, {name}', overview: 'Your things',
  profile: 'Profile', email: 'E-mail', passwordAndPin: 'Password and PIN', thisDevice: 'On this device',
  toPay: { one: '{n} waits for payment', other: '{n} wait for payment' }, nothingToPay: 'nothing to pay', walletLine: 'your PIN opens it',
  profileText: 'How the shop greets you.', nickname: 'Nickname', nicknameMissing: 'Type a name', saved: 'Saved', since: 'Here since',
  // picture
  choosePicture: 'Choose a picture', changePicture: 'Change the picture', pictureHint: 'JPEG, PNG, WebP or GIF. You choose the part that is shown.', pictureOf: 'Picture of {name}',
  pictureLarge: 'At most 40 MB, please.', pictureSaved: 'Your new picture is here', whichPart: 'Which part is shown?', part: 'Part of the picture',
  partHow: 'Drag to move, pinch or turn the wheel to zoom; or use the arrow keys, plus and minus.', zoom: 'Zoom', usePart: 'Use this part',
  // e-mail
  emailText: 'A confirmed address is the only way back when a password is forgotten.', emailNone: 'We send a code there, and nothing else before you confirm it.',
  emailUnconfirmed: 'Not confirmed yet. Have a code sent to it.', emailConfirmed: 'Confirmed. Type another one to change it.', emailSame: 'This address is confirmed already',
  emailBound: '{email} is confirmed', emailUnbound: 'Your address is no longer kept', unbind: 'Unbind this address', confirmUnbind: 'Unbind',
  // password, PIN
  passwordText: 'A change ends every other log-in: other browsers and devices have to log in again.', oldPassword: 'Present password', changePassword: 'Change the password',
  passwordChanged: 'Your password is changed, and every other log-in has ended', pinText: 'It opens the wallet and confirms payments. Your password proves that it is you.',
  yourPassword: 'Your password', newPin: 'New PIN', pinRule: '6 to 32 characters', changePin: 'Change the PIN', pinChanged: 'Your PIN is changed',
  // wallet
  balance: 'Balance', closed: 'hidden until you give your PIN', hidden: 'hidden', showBalance: 'Show the balance', hide: 'Hide', badPin: 'That is not your PIN.', pinMissing: 'Type your PIN',
  statement: 'Statement', when: 'When', what: 'What', amount: 'Amount', order: 'Order {id}', gift: 'A gift of the demo', byAdmin: 'By an admin of the shop',
  kind_opening: 'Opening credit', kind_top_up: 'Top-up', kind_payment: 'Payment', kind_refund: 'Refund', kind_other: 'Transfer',
  noTransfers: 'Nothing has moved yet', noTransfersText: 'Every payment, refund and top-up will stand here, to the cent.',
  topUp: 'Topping up', topUpText: 'An admin of the shop puts money into wallets. Tell them your user name, <b>{name}</b>; it is here a moment later.',
  topUpDemo: 'In this demo, log in as <b>admin</b> and open <users>Users</users>.',
  // addresses
  makeDefault: 'Make default', makeDefaultNamed: 'Make default: {name}', removeNamed: 'Remove the address of {name}', defaultSet: 'Orders go to {name} by default',
  addressRemoved: 'The address is gone', noAddresses: 'No address yet', noAddressesText: 'With one here, ordering takes a press.',
  removeTitle: 'Remove this address?', removeText: 'The address of {name} leaves your book. Orders that went there keep it.', keepIt: 'Keep it', removeIt: 'Remove it',
};
