/** Texts of the console: categories, carousel. */
export default {
  // categories
  categories: 'Categories', newCategory: 'New category', treeHint: 'Drag one onto another, or focus its grip: right arrow puts it below the one above, left arrow takes it out.', count: { one: '{n} category', other: '{n} categories' }, products: { one: '{n} product', other: '{n} products' },
  grip: 'Move {name}', addBelow: 'Add below {name}', add: 'Add below', edit: 'Edit', editOf: 'Edit {name}', remove: 'Delete', removeOf: 'Delete {name}', topLevel: 'Top level', dropTop: 'Drop here for the top level',
  movedBelow: '{name} stands below {parent} now', movedTop: '{name} stands at the top level now',
  name: 'Name', parent: 'Stands below', in: 'Name in {language}', inHint: 'Empty: shoppers read it in {language}', nameNeeded: 'A name is needed', added: '{name} is added', changed: '{name} is saved', save: 'Save',
  removeTitle: 'Delete {name}?', removeText: 'Shoppers no longer find it. Nothing else changes.', keep: 'Keep it', removed: '{name} is deleted',
  notEmpty: '{name} is not empty, so it stays.', notEmptyGoods: { one: '{n} product stands on it or below it, those that are hidden count.', other: '{n} products stand on it or below it, those that are hidden count.' }, notEmptyBelow: { one: '{n} category stands right below it.', other: '{n} categories stand right below it.' }, moveFirst: 'Move them to another shelf first.', showGoods: 'Show the products',
  noneTitle: 'No categories yet', noneText: 'Products stand on shelves: add the first one.',
  // carousel
  carousel: 'Carousel', newSlide: 'New slide', slidesHint: 'As the home page shows them, in the order in which they were added', slideN: 'Slide {n} of {total}', room: 'Room for words', roomHint: 'Words stand left of the line. Pictures are cut to it: the middle stays.', wide: 'Wide screen', phone: 'Phone', leads: 'Leads to', nowhere: 'Leads nowhere',
  title: 'Title', titleIn: 'Title in {language}', titleNeeded: 'A title is needed', picture: 'Picture', pictureNeeded: 'A slide needs a picture', pictureHint: 'Best 1200 pixels wide or more, 8 MB at most', choosePicture: 'Choose a picture', pictureStays: 'The picture stays. For another one, add a new slide and delete this one.',
  product: 'Product', noProduct: 'No product', findProduct: 'Find a product', choose: 'Choose', change: 'Change', noMatch: 'No product matches', slideAdded: 'The slide is added', slideSaved: 'The slide is saved', removeSlide: 'Delete “{title}”?', removeSlideText: 'It leaves the home page at once.', slideRemoved: 'The slide is deleted', editSlide: 'Edit slide {n}', removeSlideOf: 'Delete slide {n}',
  noSlides: 'No slides yet', noSlidesText: 'The home page begins with the shelves until there is one.', seeIt: 'See it',
};
