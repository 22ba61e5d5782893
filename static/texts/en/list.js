/** Texts of all goods, category, search, favourites. */
export default {
  searched: '“{q}”', results: 'Results', filters: 'Filters', filter: 'Filter', filterSet: { one: 'Filter, {n} set', other: 'Filter, {n} set' },
  showThings: { one: 'Show {n} thing', other: 'Show {n} things' }, sortBy: 'Sort by',
  sortBest: 'Best match', sortNew: 'Newest', sortCheap: 'Price, low to high', sortDear: 'Price, high to low', sortHot: 'Most looked at',
  category: 'Category', price: 'Price', from: 'From', to: 'To', noAmount: 'That is not an amount.', availability: 'Availability', inStock: 'In stock', inStockChip: 'In stock',
  between: '{from} – {to}', atLeast: 'from {price}', atMost: 'up to {price}',
  filtersSet: 'Filters that are set', takeAway: 'Take away: {filter}', clearAll: 'Clear all', clearFilters: 'Clear the filters',
  earlier: 'Show what comes before', shownOf: '{n} of {total}', pastTheEnd: { one: 'There is only one thing here', other: 'There are only {n} things here' }, fromTheStart: 'See them from the start',
  nothingCalled: 'Nothing called “{q}”', whereLooked: 'We looked in names and descriptions in three languages. Try a shorter word, or start from a shelf:',
  noFit: 'Nothing fits all of this', noFitSearch: 'We looked for “{q}” with {where}. There may be more without the filters, or on another shelf:', noFitShelf: 'We looked in {shelf} with {where}. There may be more without the filters, or on another shelf:',
  emptyShelf: 'This shelf is empty', emptyShelfText: 'Nothing on it is on sale at the moment. The others have something:',
  // suggestions
  suggestions: 'Suggestions', suggested: { one: '{n} suggestion', other: '{n} suggestions' }, searchedBefore: 'searched before',
  // favourites
  kept: 'What you kept', favouritesTitle: 'Favourites', noFavourites: 'No favourites yet', noFavouritesText: 'The heart on a picture keeps a thing here, on every device where you are logged in.',
  removed: '{name} is no longer in your favourites',
};
