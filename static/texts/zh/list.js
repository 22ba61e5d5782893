/** 全部商品、分类、搜索与收藏的文字。 */
export default {
  searched: '“{q}”', results: '搜索结果', filters: '筛选', filter: '筛选', filterSet: { other: '筛选（{n}）' },
  showThings: { other: '显示 {n} 件' }, sortBy: '排序',
  sortBest: '最相关', sortNew: '最新', sortCheap: '价格从低到高', sortDear: '价格从高到低', sortHot: '浏览最多',
  category: '分类', price: '价格', from: '最低', to: '最高', noAmount: '这不是有效的金额。', availability: '库存', inStock: '仅看有货', inStockChip: '有货',
  between: '{from} – {to}', atLeast: '{price} 起', atMost: '不超过 {price}',
  filtersSet: '已选的筛选条件', takeAway: '移除：{filter}', clearAll: '全部清除', clearFilters: '清除筛选',
  earlier: '显示前面的', shownOf: '{n} / {total}', pastTheEnd: { other: '这里只有 {n} 件' }, fromTheStart: '从头看起',
  nothingCalled: '没有找到“{q}”', whereLooked: '我们在三种语言的名称与描述里都找过了。换个短一点的词，或从分类看起：',
  noFit: '没有同时符合这些条件的商品', noFitSearch: '找过“{q}”，条件：{where}。清除筛选或换个分类，也许会有：', noFitShelf: '在“{shelf}”里找过，条件：{where}。清除筛选或换个分类，也许会有：',
  emptyShelf: '这个分类暂时没有商品', emptyShelfText: '目前没有在售的商品，看看其他分类：',
  // 搜索建议
  suggestions: '搜索建议', suggested: { other: '{n} 条建议' }, searchedBefore: '搜索过',
  // 收藏
  kept: '已收藏的商品', favouritesTitle: '收藏', noFavourites: '还没有收藏', noFavouritesText: '点图片上的心形即可收藏，登录后在每台设备上都能看到。',
  removed: '已取消收藏：{name}',
};
