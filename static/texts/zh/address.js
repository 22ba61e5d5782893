/** Texts of the address book: its cards and its form, wherever they stand. */
export default {
  add: '新地址', name: '姓名', phone: '电话', address: '地址', addressHint: '省市、街道和门牌，最多四行。', postcode: '邮编', country: '国家或地区',
  makeDefault: '设为默认地址', isDefault: '默认', newTitle: '新地址', editTitle: '修改地址',
  editNamed: '编辑 {name} 的地址', needName: '请填写姓名。', needPhone: '请填写电话。', needDigits: '电话至少要有 5 位数字。',
  needAddress: '请填写地址。', fourLines: '最多四行。', longPostcode: '邮编最多 16 个字符。', saved: '地址已保存',
};
