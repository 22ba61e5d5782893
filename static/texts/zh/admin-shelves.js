/** Texts of the console: categories, carousel. */
export default {
  categories: '分类', newCategory: '新建分类', treeHint: '拖到另一个分类上，或选中手柄：右方向键移到上一个之下，左方向键移出。', count: { other: '{n} 个分类' }, products: { other: '{n} 件商品' },
  grip: '移动 {name}', addBelow: '在 {name} 下添加', add: '添加下级', edit: '编辑', editOf: '编辑 {name}', remove: '删除', removeOf: '删除 {name}', topLevel: '顶层', dropTop: '拖到此处移到顶层',
  movedBelow: '{name} 已移到 {parent} 之下', movedTop: '{name} 已移到顶层',
  name: '名称', parent: '上级分类', in: '名称（{language}）', inHint: '留空则以{language}显示', nameNeeded: '请填写名称', added: '已添加 {name}', changed: '已保存 {name}', save: '保存',
  removeTitle: '删除 {name}？', removeText: '买家将不再看到它，其他内容不变。', keep: '保留', removed: '已删除 {name}',
  notEmpty: '{name} 不是空的，因此保留。', notEmptyGoods: { other: '它和下级分类中有 {n} 件商品，包括已隐藏的。' }, notEmptyBelow: { other: '它的下一级有 {n} 个分类。' }, moveFirst: '请先移到其他分类。', showGoods: '查看商品',
  noneTitle: '还没有分类', noneText: '商品放在分类里：先添加一个。',
  carousel: '轮播', newSlide: '新建轮播', slidesHint: '与首页显示一致，按添加顺序排列', slideN: '第 {n} 张，共 {total} 张', room: '文字区域', roomHint: '文字位于线的左侧。图片按框裁切，保留中间。', wide: '宽屏', phone: '手机', leads: '链接到', nowhere: '没有链接',
  title: '标题', titleIn: '标题（{language}）', titleNeeded: '请填写标题', picture: '图片', pictureNeeded: '轮播需要图片', pictureHint: '宽度最好在 1200 像素以上，不超过 8 MB', choosePicture: '选择图片', pictureStays: '图片不能更换。如需更换，请新建一张并删除这张。',
  product: '商品', noProduct: '不链接商品', findProduct: '查找商品', choose: '选择', change: '更换', noMatch: '没有符合的商品', slideAdded: '已添加轮播', slideSaved: '已保存轮播', removeSlide: '删除“{title}”？', removeSlideText: '它会立即从首页消失。', slideRemoved: '已删除轮播', editSlide: '编辑第 {n} 张', removeSlideOf: '删除第 {n} 张',
  noSlides: '还没有轮播', noSlidesText: '添加之前，首页从分类开始。', seeIt: '查看',
};
