/** すべての商品、カテゴリー、検索、お気に入りの文言。 */
export default {
  searched: '「{q}」', results: '検索結果', filters: '絞り込み', filter: '絞り込み', filterSet: { other: '絞り込み（{n}）' },
  showThings: { other: '{n}点を表示' }, sortBy: '並べ替え',
  sortBest: '関連度順', sortNew: '新着順', sortCheap: '価格の安い順', sortDear: '価格の高い順', sortHot: '閲覧の多い順',
  category: 'カテゴリー', price: '価格', from: '下限', to: '上限', noAmount: '金額として読み取れません。', availability: '在庫', inStock: '在庫ありのみ', inStockChip: '在庫あり',
  between: '{from} – {to}', atLeast: '{price}以上', atMost: '{price}以下',
  filtersSet: '設定中の条件', takeAway: '解除：{filter}', clearAll: 'すべて解除', clearFilters: '条件を解除',
  earlier: '前の商品を表示', shownOf: '{n} / {total}点', pastTheEnd: { other: 'ここにあるのは{n}点です' }, fromTheStart: '最初から見る',
  nothingCalled: '「{q}」は見つかりません', whereLooked: '三つの言語の名前と説明を探しました。短い言葉で試すか、棚から探してみてください。',
  noFit: 'すべての条件に合う商品がありません', noFitSearch: '「{q}」を探しました（条件：{where}）。条件を解除するか、ほかの棚をご覧ください。', noFitShelf: '「{shelf}」の中を探しました（条件：{where}）。条件を解除するか、ほかの棚をご覧ください。',
  emptyShelf: 'この棚は空です', emptyShelfText: '現在販売中の商品がありません。ほかの棚をご覧ください。',
  // 検索候補
  suggestions: '検索候補', suggested: { other: '候補{n}件' }, searchedBefore: '以前の検索',
  // お気に入り
  kept: 'お気に入りの商品', favouritesTitle: 'お気に入り', noFavourites: 'お気に入りはまだありません', noFavouritesText: '写真のハートを押すとここに残ります。ログインすれば、どの端末でもご覧いただけます。',
  removed: '{name}をお気に入りから外しました',
};
