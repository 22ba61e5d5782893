export default {
  // what the buy column, the gallery and the about section say
  gallery: 'Pictures', pictureN: 'Picture {n}', pictureOf: '{name}, picture {n}', enlarge: 'Enlarge', zoomIn: 'Larger', zoomOut: 'Smaller',
  chooseOther: 'This one is sold out. Choose another.', allSoldOut: 'Sold out for now. Your favourites keep it for you.',
  since: 'List price is what we asked until {date}.', lowest: 'Lowest in the 30 days before: {price}.',
  assureHold: 'Your order holds the stock for 15 minutes while you pay.', assureOnce: 'Pressing twice never buys twice.', assureBooks: 'Every payment is in your statement, to the cent.',
  about: 'About it', variantStock: '<b>{name}</b>, {stock}', lookedAt: 'Looked at', times: { one: '{n} time', other: '{n} times' }, beside: 'Stands well beside',
  inSale: 'Flash sale, {when}: {price}', inSaleOf: 'Flash sale, {when}: {name} for {price}',
  share: 'Share',
  // options that most shops have; others are shown as the shop wrote them
  optionColour: 'Colour', optionColor: 'Color', optionSize: 'Size', optionLength: 'Length', optionWidth: 'Width', optionHeight: 'Height', optionWeight: 'Weight',
  optionMaterial: 'Material', optionFinish: 'Finish', optionLeather: 'Leather', optionPack: 'Pack', optionPieces: 'Pieces', optionSwitch: 'Switch', optionMount: 'Mount',
  optionFrame: 'Frame', optionSleeps: 'Sleeps', optionStems: 'Stems', optionCapacity: 'Capacity', optionStyle: 'Style', optionModel: 'Model', optionVariant: 'Variant',
};
