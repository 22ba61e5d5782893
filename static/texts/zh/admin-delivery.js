/** Texts of the console: delivery methods. */
export default {
  title: '配送', text: '订单的送达方式和费用。有了配送方式后，只能送到其覆盖的国家或地区。', new: '新建配送方式', newTitle: '新建配送方式',
  none: '还没有配送方式', noneText: '订单可送往各地，且不收运费。添加配送方式即可设定。', allOff: '所有配送方式都已停用，商店无法接受订单。请启用其中一种，或全部删除。',
  method: '配送方式', price: '价格', freeFrom: '满额免运费', countries: '国家或地区', state: '状态', acts: '操作', free: '免费', never: '不免', freeFromSum: '满 {sum} 免运费', everywhere: '各地', andMore: '{names} 等，另有 {n} 个', on: '可选', off: '已停用',
  turnOff: '停用', turnOn: '启用', turnOffNamed: '停用 {name}', turnOnNamed: '启用 {name}', isOff: '{name} 已停用', isOn: '{name} 已启用',
  edit: '编辑', editNamed: '编辑 {name}', remove: '删除', removeNamed: '删除 {name}', removeAsk: '删除 {name}？', removeText: '买家不能再选择它。已用它下的订单不变。', keep: '保留', removed: '已删除 {name}',
  name: '名称', nameHint: '买家会在结算页和订单中看到', priceHint: '0 表示免费', freeFromHint: '优惠后的商品金额，留空则不免', onlySome: '仅限部分国家或地区', country: '国家或地区', addCountry: '添加', chooseCountry: '请选择', removeCountry: '移除 {country}',
  enabled: '可选', keepsOld: '保存后立即生效。已有订单的配送不变。', added: '已添加 {name}', changed: '已保存 {name}',
  needName: '请填写名称', longName: '最多 64 个字符', needPrice: '请输入金额或 0', needFreeFrom: '请输入金额或留空', needCountry: '请添加国家或地区',
};
