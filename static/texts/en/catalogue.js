export default {
  // card, price, stock
  priceNow: 'Now', listPrice: 'List price', soldOut: 'Sold out', notSold: 'No longer sold', onlyLeft: { one: 'Only {n} left', other: 'Only {n} left' }, off: '−{n}%', things: { one: '{n} thing', other: '{n} things' },
  inStock: { one: '{n} in stock', other: '{n} in stock' }, soldOutLow: 'sold out', from: 'from {price}',
  likeNamed: 'Favourite: {name}', liked: 'In your favourites', unliked: 'No longer in your favourites', likeFailed: 'Your favourites did not change: the shop did not answer.',
  // home
  homeTitle: 'Home', highlights: 'Highlights', slideLead: '{name}. {title}.', slideOf: '{n} of {total}', pause: 'Pause', play: 'Play', seeIt: 'See it', lookInside: 'Look around',
  saleAt: 'Flash sale, {when}', saleNow: 'Flash sale, open now', toSale: 'Go to the sale', leftOf: '{left} of {total} left', unitsLeft: 'of {total} left', claimed: 'Claimed', salePaused: 'Flash sale, paused', saleGone: 'Flash sale, all claimed',
  categories: 'Categories', popular: 'Popular this week', recent: 'Seen lately', storyMore: { one: 'See the one thing in {category}', other: 'See all {n} in {category}' },
  creed: 'Every unit is sold once.<br/>Every confirmed order is kept.<br/>One command proves both.',
  creedText: 'The same check runs behind the counter all day: what came in, what went out, what is left. The three always add up.',
  // product
  quantity: 'Quantity', less: 'One less', moreOne: 'One more', onlySo: { one: 'There is only {n}.', other: 'There are only {n}.' },
  addToBag: 'Add to bag', buyNow: 'Buy now', inBag: 'In your bag', toBag: 'See the bag',
};
