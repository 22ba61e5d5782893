/** What the shop asks of an address, told before it is sent. Pure; the shop checks again. */

/** @typedef {{name: string, phone: string, address: string, postcode: string, country: string, is_default: boolean}} Draft */
/** @typedef {Partial<Record<'name' | 'phone' | 'address' | 'postcode', 'needName' | 'needPhone' | 'needDigits' | 'needAddress' | 'fourLines' | 'longPostcode'>>} Faults keys of `address.` */

const LINES = 4, DIGITS = 5, POSTCODE = 16;

/** @param {Draft} draft @returns {Faults} */
export function faultsOf({ name, phone, address, postcode }) {
  /** @type {Faults} */
  const faults = {};
  if (!name.trim()) faults.name = 'needName';
  if (!phone.trim()) faults.phone = 'needPhone';
  else if ((phone.match(/\p{Nd}/gu) ?? []).length < DIGITS) faults.phone = 'needDigits';
  if (!address.trim()) faults.address = 'needAddress';
  else if (address.trim().split('\n').length > LINES) faults.address = 'fourLines';
  if ([...postcode.trim()].length > POSTCODE) faults.postcode = 'longPostcode';
  return faults;
}
