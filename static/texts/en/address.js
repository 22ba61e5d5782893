/** Texts of the address book: its cards and its form, wherever they stand. */
export default {
  add: 'New address', name: 'Name', phone: 'Phone', address: 'Address', addressHint: 'Street, town and postcode, in up to four lines.',
  makeDefault: 'Use it by default', isDefault: 'default', newTitle: 'New address', editTitle: 'Change the address',
  editNamed: 'Edit the address of {name}', needName: 'Please write a name.', needPhone: 'Please write a phone number.', needDigits: 'A phone number has at least 5 digits.',
  needAddress: 'Please write the address.', fourLines: 'Four lines at most, please.', saved: 'The address is saved',
};
