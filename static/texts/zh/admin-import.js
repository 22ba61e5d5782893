/** Texts of the console: products as a table, in and out. */
export default {
  title: '表格导入导出', crumb: '导入', intro: '每个规格一行。有编号的行修改该商品，没有编号的行新增商品。确认之前不会写入；写入时要么全部成功，要么全部不写。',
  out: '下载全部商品', outHint: 'CSV 表格，包括已隐藏的商品，不含图片。原样导入不会有任何更改。', downloadCsv: '下载', inTitle: '导入表格', drop: '将 CSV 文件拖到此处，或选择文件', dropNow: '拖放到此处', atMost: '不超过 8 MB', another: '换一个文件',
  checking: '正在检查 {name}', tooLarge: '文件超过 8 MB，请拆分。', utf16: '此文件为 UTF-16，请另存为“CSV UTF-8”。',
  created: '新增', changed: '修改', unchanged: '不变', categories: '新分类', ready: '{name} 没有问题，尚未写入。', nothing: '{name} 与商城现有内容一致，无需写入。', faults: { other: '{n} 处错误。在文件中更正之前无法写入。' }, firstFaults: '显示前 {n} 处。',
  write: { other: '写入 {n} 件商品' }, written: '表格已写入商城。', toProducts: '查看商品', sheet: '文件内容', row: '行', onlyFaulty: '有错误的行，共 {total} 行', firstRows: '前 {n} 行，共 {total} 行', allRows: { other: '{n} 行' },
  f_above: '不能高于价格', f_long: '太长', f_zero: '必须大于 0', f_range: '超出范围', f_blank: '不能为空', f_characters: '含有不能使用的字符', f_number: '不是整数', f_bool: '既不是 true 也不是 false', f_twice: '重复出现', f_product: '没有这件商品', f_needed: '新增时需要填写', f_differs: '与该商品第一行不同', f_sku: '不是该商品的规格', f_option: '选项重复', f_language: '这是商城自己的语言', f_column: '此列没有名称', f_many: '一件商品最多 100 个规格', f_other: '此值不能使用',
};
