export default {
  // 购买栏、图片与介绍
  gallery: '图片', pictureN: '图片 {n}', pictureOf: '{name}，图片 {n}', enlarge: '查看大图', zoomIn: '放大', zoomOut: '缩小',
  chooseOther: '此款已售罄，请选择其他款式。', allSoldOut: '暂时售罄。可先收藏。',
  since: '原价为 {date}之前的售价。', lowest: '此前 30 天内最低价：{price}。',
  assureHold: '下单后库存为您保留 15 分钟，等您付款。', assureOnce: '按两次也只会买一次。', assureBooks: '每一笔付款都在账单里，分毫不差。',
  about: '关于它', variantStock: '<b>{name}</b>，{stock}', lookedAt: '浏览次数', times: { other: '{n} 次' }, beside: '与它相配',
  inSale: '限时抢购，{when}：{price}', inSaleOf: '限时抢购，{when}：{name} {price}',
  share: '分享',
  // 常见的规格名；其余按商城填写的显示
  optionColour: '颜色', optionColor: '颜色', optionSize: '尺寸', optionLength: '长度', optionWidth: '宽度', optionHeight: '高度', optionWeight: '重量',
  optionMaterial: '材质', optionFinish: '表面', optionLeather: '皮色', optionPack: '包装', optionPieces: '件数', optionSwitch: '轴体', optionMount: '接口',
  optionFrame: '车架', optionSleeps: '可住人数', optionStems: '枝数', optionCapacity: '容量', optionStyle: '款式', optionModel: '型号', optionVariant: '款式',
};
