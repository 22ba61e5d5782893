/** Texts of the console: products and their editor. */
export default {
  // list
  title: 'Products', newProduct: 'New product', importCsv: 'CSV in', exportCsv: 'CSV out', exported: 'The table is in your downloads',
  search: 'Search products', searchHint: 'Name or id', shelf: 'Shelf', allShelves: 'All shelves', stock: 'Stock', anyStock: 'Any stock', fewLeft: 'Fewer than 10', noneLeft: 'Sold out', plenty: '10 and more',
  state: 'State', anyState: 'Shown and hidden', shown: 'In the shop', hidden: 'Hidden', shownTag: 'in the shop', hiddenTag: 'hidden',
  count: { one: '{n} product', other: '{n} products' }, found: { one: '{n} found so far', other: '{n} found so far' }, foundAll: { one: '{n} found', other: '{n} found' },
  product: 'Product', price: 'Price', views: 'Views', variantCount: { one: '{n} variant', other: '{n} variants' }, edit: 'Edit', actions: 'Actions',
  noneTitle: 'No product matches', noneText: 'Fewer filters or another word may help.', clearFilters: 'Clear the filters', emptyTitle: 'The shelves are empty', emptyText: 'Add the first product, or bring many at once as a table.',
  range: '1–{n} of {total}', inList: { one: '{n} listed', other: '{n} listed' },
  // editor: head, side
  newTitle: 'New product', unnamed: 'Without a name', see: 'See it in the shop', inShop: 'In the shop', inShopHint: 'Off: hidden, old orders keep it', chooseShelf: 'Choose a shelf', preview: 'How it will look', previewName: 'Name of the product', inSale: 'It is in a flash sale that is not over. Until then it stays in the shop.', toSale: 'Open the sale',
  // pictures
  pictures: 'Pictures', picturesHint: 'Drag, or focus the grip and press the arrow keys', addPictures: 'Add pictures', eachAtMost: '8 MB each at most', cover: 'Cover', grip: 'Move picture {n} of {total}', movedTo: 'Picture {n} of {total}', removePicture: 'Remove picture {n}', notSavedYet: 'not saved yet', dropHere: 'Drop them here',
  pictureKind: '{name} is not a JPEG, PNG, WebP or GIF.', pictureSize: '{name} is larger than 8 MB.', picturePixels: '{name} is wider or higher than 4096 pixels.', pictureBroken: '{name} cannot be read.', picturesMost: 'A product has room for 10 pictures.', pictureTwice: 'A picture was there already and stands once.',
  // words
  words: 'Words', language: 'Language', complete: 'complete', missing: '{what} missing', name: 'Name', line: 'One line', description: 'Description', descriptionHint: 'Two to four sentences. What it is made of, how big it is, what it is like to live with.', fallback: 'Where it is empty, shoppers read it in {language}.',
  // variants
  variants: 'Variants', addVariant: 'Add a variant', options: 'Told apart by', addOption: 'Add an option', optionName: 'Name of option {n}', optionHint: 'Such as colour or size', removeOption: 'Remove option {name}', reducedTo: 'Reduced to', opening: 'Opening stock', adjust: 'Adjust', adjustOf: 'Adjust the stock of {name}', removeVariant: 'Remove {name}', only: 'The only one', valueOf: '{option} of variant {n}', priceOf: 'Price of {name}', reducedOf: 'Reduced price of {name}', openingOf: 'Opening stock of {name}', variantN: 'Variant {n}', staysHint: 'A saved variant stays, for old orders point to it. Adjust its stock to 0 to sell it no more.', lowest30: 'lowest in 30 days {price}',
  // stock
  adjustTitle: 'Adjust the stock', adjustNow: '{n} now', adjustBy: 'Change by', adjustByHint: 'Such as 40 for a delivery or −2 for what broke', adjustAfter: 'Afterwards {n}', reason: 'Reason', reasonHint: 'It stands in the journal for good', move: 'Move the stock', moved: 'Stock moved. Now {n}.', deltaNeeded: 'A whole number, not 0', reasonNeeded: 'Please say why', belowZero: 'There are only {n}. Nothing was moved.',
  journal: 'Stock journal', journalAll: 'All', journalEmpty: 'Nothing has moved yet.', journalAfter: 'Stock moves from the first save on.', variant: 'Variant',
  reason_opening: 'opening stock', reason_order: 'order', reason_cancel: 'cancelled order', reason_expiry: 'order not paid in time', reason_refund: 'refund', reason_sale: 'flash sale', reason_sale_return: 'back from a flash sale', reason_delivery: 'delivery', reason_import: 'import', toSaleMove: 'set aside for a flash sale', fromSaleMove: 'back from a flash sale',
  // saving
  unsaved: 'Unsaved changes', changes: { one: '{n} change not saved', other: '{n} changes not saved' }, faults: { one: 'and one to put right first', other: 'and {n} to put right first' }, nothingToSave: 'Everything is saved', newHint: 'Nothing is saved yet', discard: 'Discard', discarded: 'Changes discarded', save: 'Save', saving: 'Saving', saved: 'Saved', created: '{name} is saved',
  partWords: 'words, prices and settings', partPictures: { one: '{n} picture', other: '{n} pictures' }, partRemoved: { one: '{n} picture removed', other: '{n} pictures removed' }, savedSo: 'Saved so far: {what}.', savedNothing: 'Nothing was saved.', notSaved: 'What is still marked as changed is not.', unknownCreate: 'It is not known whether the product was saved. Look into the list before you save again.', lookList: 'Open the list',
  uploading: 'Picture {n} of {total}',
  // faults
  faultName: 'A name is needed', faultLong: { one: 'At most {n} character', other: 'At most {n} characters' }, faultShelf: 'Choose a shelf', faultPrice: 'An amount above 0', faultReduced: 'It must not be above {price}', faultNum: 'A whole number, 0 or more', faultValue: 'Please fill this in', faultTwice: 'Another variant is just like this one', faultOption: 'An option needs a name', faultOptionTwice: 'There is such an option already',
  leave: 'Leave without saving?', leaveText: { one: '{n} change is not saved yet.', other: '{n} changes are not saved yet.' }, stay: 'Stay', leaveAct: 'Leave',
  // tax
  tax: 'Tax %', taxOf: 'Tax rate of {name}', taxHint: 'Prices include tax. Empty: the shop’s rate.', faultTax: 'A number from 0 to 100, or nothing',
};
