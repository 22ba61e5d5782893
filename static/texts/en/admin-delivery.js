/** Texts of the console: delivery methods. */
export default {
  title: 'Delivery', text: 'How orders reach their buyers, and what it costs. Once there is a method, an order goes only where one serves.', new: 'New method', newTitle: 'New delivery method',
  none: 'No delivery methods yet', noneText: 'Orders go anywhere and delivery costs nothing. Add a method to change that.', allOff: 'All methods are switched off, so the shop takes no orders. Switch one on, or delete all of them.',
  method: 'Method', price: 'Price', freeFrom: 'Free from', countries: 'Countries', state: 'State', acts: 'What can be done', free: 'free', never: 'never', freeFromSum: 'free from {sum}', everywhere: 'everywhere', andMore: '{names} and {n} more', on: 'offered', off: 'switched off',
  turnOff: 'Switch off', turnOn: 'Switch on', turnOffNamed: 'Switch off {name}', turnOnNamed: 'Switch on {name}', isOff: '{name} is switched off', isOn: '{name} is offered',
  edit: 'Edit', editNamed: 'Edit {name}', remove: 'Delete', removeNamed: 'Delete {name}', removeAsk: 'Delete {name}?', removeText: 'Buyers can no longer choose it. Orders that were placed with it keep it.', keep: 'Keep it', removed: '{name} is deleted',
  name: 'Name', nameHint: 'Buyers see it at the checkout and on their order', priceHint: '0 for free', freeFromHint: 'What the goods cost after discounts. Empty: never free', onlySome: 'Only to some countries', country: 'Country', addCountry: 'Add', chooseCountry: 'Choose', removeCountry: 'Remove {country}',
  enabled: 'Offered', keepsOld: 'It acts at once. Orders keep the delivery that they were placed with.', added: '{name} is added', changed: '{name} is saved',
  needName: 'A name is needed', longName: '64 characters at most', needPrice: 'An amount, or 0', needFreeFrom: 'An amount, or nothing', needCountry: 'Add a country',
};
