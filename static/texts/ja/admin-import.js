/** Texts of the console: products as a table, in and out. */
export default {
  title: '表での取り込みと書き出し', crumb: '取り込み', intro: '1行が1種類です。番号のある行はその商品を変更し、ない行は商品を追加します。確認するまで何も書き込まれません。書き込みは、すべてか、何もしないかのどちらかです。',
  out: 'すべての商品をダウンロード', outHint: '表計算用のCSVです。非表示の商品も含み、画像は含みません。そのまま取り込んでも何も変わりません。', downloadCsv: 'ダウンロード', inTitle: '表を取り込む', drop: 'CSVファイルをここにドロップするか、選択してください', dropNow: 'ここにドロップ', atMost: '8 MBまで', another: '別のファイル',
  checking: '{name}を確認しています', tooLarge: 'ファイルが8 MBを超えています。分割してください。', utf16: 'このファイルはUTF-16です。「CSV UTF-8」で保存してください。',
  created: '追加', changed: '変更', unchanged: '変更なし', categories: '新しいカテゴリー', ready: '{name}に問題はありません。まだ書き込まれていません。', nothing: '{name}はショップの内容と同じです。書き込むものはありません。', faults: { other: '誤りが{n}件あります。ファイルを直すまで書き込めません。' }, firstFaults: '最初の{n}件を表示しています。',
  write: { other: '{n}件の商品を書き込む' }, written: '表をショップに書き込みました。', toProducts: '商品を見る', sheet: 'ファイルの内容', row: '行', onlyFaulty: '誤りのある行（全{total}行）', firstRows: '最初の{n}行（全{total}行）', allRows: { other: '{n}行' },
  f_above: '価格以下にしてください', f_long: '長すぎます', f_zero: '0より大きい値にしてください', f_range: '範囲外です', f_blank: '空欄にはできません', f_characters: '使えない文字があります', f_number: '整数ではありません', f_bool: 'true でも false でもありません', f_twice: '重複しています', f_product: 'この商品はありません', f_needed: '追加には必要です', f_differs: '商品の最初の行と異なります', f_sku: 'この商品の種類ではありません', f_option: '項目が重複しています', f_language: 'ショップ自身の言語です', f_column: '列に名前がありません', f_many: '1商品100種類までです', f_other: 'この値は使えません',
};
