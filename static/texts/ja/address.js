/** Texts of the address book: its cards and its form, wherever they stand. */
export default {
  add: '新しい住所', name: 'お名前', phone: '電話番号', address: '住所', addressHint: '都道府県、市区町村、番地。4行まで。', postcode: '郵便番号', country: '国・地域',
  makeDefault: '既定の住所にする', isDefault: '既定', newTitle: '新しい住所', editTitle: '住所を変更',
  editNamed: '{name}の住所を編集', needName: 'お名前を入力してください。', needPhone: '電話番号を入力してください。', needDigits: '電話番号は5桁以上で入力してください。',
  needAddress: '住所を入力してください。', fourLines: '4行以内で入力してください。', longPostcode: '郵便番号は16文字以内で入力してください。', saved: '住所を保存しました',
};
