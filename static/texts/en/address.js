/** Texts of the address book: its cards and its form, wherever they stand. */
export default {
  add: 'New address', name: 'Name', phone: 'Phone', address: 'Address', addressHint: 'Street and town, in up to four lines.', postcode: 'Postcode', country: 'Country',
  makeDefault: 'Use it by default', isDefault: 'default', newTitle: 'New address', editTitle: 'Change the address',
  editNamed: 'Edit the address of {name}', needName: 'Please write a name.', needPhone: 'Please write a phone number.', needDigits: 'A phone number has at least 5 digits.',
  needAddress: 'Please write the address.', fourLines: 'Four lines at most, please.', longPostcode: 'A postcode has 16 characters at most.', saved: 'The address is saved',
};
