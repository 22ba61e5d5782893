//! Texts of seed products in English, Chinese and Japanese.

use stampede_kernel::Language;

use super::random::SeededRandom;
use crate::text::{Text, Texts};

/// A word in English, Chinese and Japanese.
type Word = [&'static str; 3];

const NOUNS: [Word; 28] = [
    ["Teapot", "茶壶", "急須"],
    ["Tea Bowl", "茶碗", "抹茶碗"],
    ["Coffee Mug", "咖啡杯", "マグカップ"],
    ["Travel Flask", "保温瓶", "水筒"],
    ["Chef's Knife", "主厨刀", "牛刀"],
    ["Cutting Board", "砧板", "まな板"],
    ["Frying Pan", "平底锅", "フライパン"],
    ["Rice Cooker", "电饭锅", "炊飯器"],
    ["Desk Lamp", "台灯", "デスクライト"],
    ["Floor Cushion", "坐垫", "座布団"],
    ["Wool Blanket", "羊毛毯", "ウールブランケット"],
    ["Linen Shirt", "亚麻衬衫", "リネンシャツ"],
    ["Rain Jacket", "雨衣", "レインジャケット"],
    ["Running Shoes", "跑鞋", "ランニングシューズ"],
    ["Backpack", "双肩包", "リュックサック"],
    ["Umbrella", "雨伞", "傘"],
    ["Notebook", "笔记本", "ノート"],
    ["Fountain Pen", "钢笔", "万年筆"],
    ["Headphones", "耳机", "ヘッドホン"],
    ["Keyboard", "键盘", "キーボード"],
    ["Bicycle Light", "自行车灯", "自転車ライト"],
    ["Camping Tent", "帐篷", "テント"],
    ["Garden Shears", "园艺剪", "剪定ばさみ"],
    ["Flower Pot", "花盆", "植木鉢"],
    ["Wall Clock", "挂钟", "掛け時計"],
    ["Board Game", "桌游", "ボードゲーム"],
    ["Hand Soap", "洗手皂", "ハンドソープ"],
    ["Green Tea", "绿茶", "緑茶"],
];

const MAKES: [Word; 16] = [
    ["Stoneware", "陶制", "陶器の"],
    ["Cast-iron", "铸铁", "鋳鉄の"],
    ["Bamboo", "竹制", "竹製"],
    ["Cotton", "棉质", "綿の"],
    ["Recycled", "再生", "再生素材の"],
    ["Walnut", "胡桃木", "ウォールナットの"],
    ["Copper", "铜制", "銅製"],
    ["Glass", "玻璃", "ガラスの"],
    ["Titanium", "钛合金", "チタンの"],
    ["Leather", "皮革", "革の"],
    ["Enamel", "搪瓷", "ホーローの"],
    ["Organic", "有机", "オーガニック"],
    ["Folding", "折叠", "折りたたみ"],
    ["Compact", "小巧", "コンパクト"],
    ["Everyday", "日常", "毎日の"],
    ["Limited-edition", "限量版", "限定版"],
];

const SERIES: [&str; 24] = [
    "Aster", "Birch", "Cirrus", "Delta", "Ember", "Fjord", "Grove", "Harbor", "Iris", "Juniper",
    "Kestrel", "Lumen", "Meadow", "Nimbus", "Opal", "Pebble", "Quill", "Ridge", "Sable", "Tundra",
    "Umbra", "Vale", "Willow", "Zephyr",
];

const TITLES: [Word; 10] = [
    ["Made to last", "经久耐用", "長く使える"],
    ["Light in the hand", "轻巧称手", "手に軽い"],
    [
        "A gift that is used every day",
        "每天都用得上的礼物",
        "毎日使える贈り物",
    ],
    [
        "Small batch, numbered",
        "小批量，有编号",
        "少量生産、番号入り",
    ],
    ["For small kitchens", "适合小厨房", "小さな台所に"],
    [
        "Repairs free for ten years",
        "十年免费维修",
        "十年間修理無料",
    ],
    ["Easy to clean", "易于清洗", "お手入れ簡単"],
    ["Tested outdoors", "经户外测试", "屋外で試験済み"],
    ["Our best seller", "最畅销", "一番人気"],
    ["New this season", "本季新品", "今季の新作"],
];

const SENTENCES: [Word; 14] = [
    [
        "Shaped by hand and finished in our own workshop.",
        "手工成型，在自家作坊完成。",
        "手作業で成形し、自社工房で仕上げています。",
    ],
    [
        "Each piece differs a little in colour.",
        "每件颜色略有不同。",
        "色合いは一点ごとに少し異なります。",
    ],
    [
        "Safe for the dishwasher and the microwave.",
        "可用洗碗机和微波炉。",
        "食洗機と電子レンジに対応しています。",
    ],
    [
        "The handle stays cool while the water boils.",
        "水沸时手柄不烫。",
        "湯が沸いても持ち手は熱くなりません。",
    ],
    [
        "Packed without plastic in a box that is worth keeping.",
        "无塑料包装，盒子值得保留。",
        "プラスチックを使わない箱でお届けします。",
    ],
    [
        "Spare parts are available for at least ten years.",
        "备件至少供应十年。",
        "交換部品は十年以上ご用意します。",
    ],
    [
        "Weighs less than an apple.",
        "比一个苹果还轻。",
        "りんごより軽い。",
    ],
    [
        "Keeps drinks hot for twelve hours and cold for a day.",
        "保温十二小时，保冷一天。",
        "十二時間保温、一日保冷。",
    ],
    [
        "The fabric dries overnight.",
        "面料一夜即干。",
        "生地は一晩で乾きます。",
    ],
    [
        "Runs for forty hours on one charge.",
        "一次充电可用四十小时。",
        "一回の充電で四十時間動きます。",
    ],
    [
        "Fits under the seat of a train.",
        "可放在火车座位下。",
        "電車の座席の下に収まります。",
    ],
    [
        "Comes with a cleaning brush and a short manual.",
        "附清洁刷和简短说明书。",
        "掃除用ブラシと簡単な説明書が付きます。",
    ],
    [
        "Certified by an independent laboratory.",
        "经独立实验室认证。",
        "第三者機関の認証を受けています。",
    ],
    [
        "Send it back within thirty days if it is not for you.",
        "三十天内可退货。",
        "三十日以内は返品できます。",
    ],
];

/// The texts of one seed product, with translations.
pub(super) struct SeedTexts {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) info: String,
    pub(super) translations: Texts,
}

/// Generates English texts; a third of all products gets Chinese translations, a
/// quarter Japanese ones.
pub(super) fn texts(chance: &mut SeededRandom) -> SeedTexts {
    let noun = chance.pick(&NOUNS);
    let make = chance.pick(&MAKES);
    let title = chance.pick(&TITLES);
    let name = (*chance.pick(&SERIES), 1 + chance.below(999));
    let sentences: Vec<_> = (0..2 + chance.below(3))
        .map(|_| chance.pick(&SENTENCES))
        .collect();
    let text = |language: usize, gap: &str| Text {
        name: Some(format!(
            "{} {} {gap}{}{gap}{}",
            name.0, name.1, make[language], noun[language]
        )),
        title: Some(title[language].to_owned()),
        info: Some(
            sentences
                .iter()
                .map(|sentence| sentence[language])
                .collect::<Vec<_>>()
                .join(gap),
        ),
    };
    let mut translations = Texts::new();
    if chance.percent(33) {
        translations.insert(Language::ZH, text(1, ""));
    }
    if chance.percent(25) {
        translations.insert(Language::JA, text(2, ""));
    }
    let info = sentences.iter().map(|sentence| sentence[0]);
    SeedTexts {
        name: format!("{} {} {} {}", name.0, make[0], noun[0], name.1),
        title: format!("{}: {}", noun[0], title[0].to_lowercase()),
        info: info.collect::<Vec<_>>().join(" "),
        translations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{check_info, check_line, check_name, check_texts};

    #[test]
    fn what_is_said_keeps_the_rules_of_the_shop() {
        for seed in 0..500 {
            let texts = texts(&mut SeededRandom::of(seed));

            assert_eq!(check_name("name", &texts.name), Ok(()));
            assert_eq!(check_line("title", &texts.title, 255), Ok(()));
            assert_eq!(check_info("info", &texts.info), Ok(()));
            assert_eq!(check_texts(&texts.translations, Language::EN), Ok(()));
        }
    }
}
