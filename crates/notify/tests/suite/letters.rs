//! The texts.

use serde_json::json;
use stampede_kernel::Language;
use stampede_notify::{EmailTemplate, Mail, SetupError, Shop, Templates};

const TOKEN: &str = "q7Wm0x3T-token_token";
const PROOFS: [EmailTemplate; 4] = [
    EmailTemplate::ProofBind,
    EmailTemplate::ProofUnbind,
    EmailTemplate::ProofPassword,
    EmailTemplate::ProofReset,
];

fn shop() -> Shop {
    Shop {
        name: "Tea & Co".to_owned(),
        language: Language::JA,
    }
}

fn write(
    templates: &Templates,
    letter: EmailTemplate,
    language: Language,
    nick_name: &str,
) -> Mail {
    let to = "alice@example.com".to_owned();
    let facts = json!({"nick_name": nick_name, "token": TOKEN, "email": to});
    templates.write(letter, to, language, &facts).unwrap()
}

fn both(mail: &Mail) -> String {
    format!("{}\n\n{}", mail.subject, mail.text)
}

#[test]
fn every_proof_exists_in_three_languages() {
    let templates = Templates::load(shop(), None).unwrap();
    for letter in PROOFS {
        for language in [Language::EN, Language::ZH, Language::JA] {
            let mail = write(&templates, letter, language, "Alice");

            assert_eq!(mail.language, language);
            assert!(!mail.subject.contains('\n') && mail.subject.contains("Tea & Co"));
            assert!(mail.text.contains(TOKEN) && mail.text.contains("Alice"));
            assert!(mail.html.contains(TOKEN) && mail.html.contains("Alice"));
            assert!(mail.html.contains(&format!("<html lang=\"{language}\">")));
            let route = if letter == EmailTemplate::ProofReset {
                "POST /api/v1/user/reset_password"
            } else {
                "POST /api/v1/user/valid_email"
            };
            assert!(mail.text.contains(route) && mail.html.contains(route));
        }
    }
}

#[test]
fn a_letter_reads_well() {
    let templates = Templates::load(shop(), None).unwrap();

    let en = write(&templates, EmailTemplate::ProofReset, Language::EN, "Alice");
    let zh = write(&templates, EmailTemplate::ProofBind, Language::ZH, "");
    let ja = write(
        &templates,
        EmailTemplate::ProofUnbind,
        Language::JA,
        "アリス",
    );

    insta::assert_snapshot!(both(&en), @r#"
    Tea & Co: choose a new password

    Hello Alice,

    Somebody, we hope it was you, asked to reset the password of your account at Tea & Co. With this code you can choose a new one:

        q7Wm0x3T-token_token

    Copy the code to the page that asks for it. It works once, for 15 minutes from your request.

    If it was not you, there is nothing to do: your password stays as it is. Never pass the code on; whoever has it can take over your account.

    For programs: send it as "token", with the new "password", to POST /api/v1/user/reset_password.

    Tea & Co
    "#);
    insta::assert_snapshot!(both(&zh), @r#"
    【Tea & Co】确认您的邮箱地址

    您好：

    有人（应该就是您本人）申请将此邮箱用于“Tea & Co”的账户。请使用以下验证码完成确认：

        q7Wm0x3T-token_token

    请将验证码复制到要求输入的页面。验证码仅可使用一次，自申请之时起 15 分钟内有效。

    如果不是您本人操作，无需理会本邮件：没有验证码，此邮箱不会被使用。

    程序调用：登录后将其作为 "token" 提交至 POST /api/v1/user/valid_email。

    Tea & Co
    "#);
    insta::assert_snapshot!(both(&ja), @r#"
    【Tea & Co】メールアドレス登録解除の確認

    アリス 様

    Tea & Co のアカウントからこのメールアドレスを解除するお申し込みを受け付けました。次のコードで解除を確定してください。

        q7Wm0x3T-token_token

    このコードを入力画面に貼り付けてください。コードの有効期限はお申し込みから 15 分で、1 回のみご利用いただけます。

    解除すると、パスワードをお忘れの際にメールで再設定できなくなります。お心当たりがない場合は、コードは使わず、早めにパスワードを変更してください。第三者がアカウントにログインしているおそれがあります。

    プログラムから利用する場合：ログインした状態で、"token" として POST /api/v1/user/valid_email に送信してください。

    Tea & Co
    "#);
}

#[test]
fn a_name_made_of_tags_stays_text() {
    let templates = Templates::load(shop(), None).unwrap();

    let mail = write(
        &templates,
        EmailTemplate::ProofBind,
        Language::EN,
        "<img src=x onerror=alert(1)>{{ token }}",
    );

    assert!(!mail.html.contains("<img"));
    assert!(
        mail.html
            .contains("&lt;img src=x onerror=alert(1)&gt;{{ token }}")
    );
    assert!(mail.html.contains("Tea &amp; Co"));
}

#[test]
fn a_language_that_nobody_wrote_in_falls_back_to_the_shops() {
    let templates = Templates::load(shop(), None).unwrap();
    let greek = Language::parse("el").unwrap();

    let mail = write(&templates, EmailTemplate::ProofBind, greek, "Alice");
    assert_eq!(mail.language, Language::JA);

    let greek_shop = Shop {
        language: greek,
        ..shop()
    };
    let templates = Templates::load(greek_shop, None).unwrap();
    let mail = write(&templates, EmailTemplate::ProofBind, greek, "Alice");
    assert_eq!(mail.language, Language::EN);
}

#[test]
fn a_folder_of_the_shops_own_texts_wins() {
    let folder = tempfile::tempdir().unwrap();
    for language in ["en", "el"] {
        std::fs::create_dir(folder.path().join(language)).unwrap();
    }
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    file("en/proof_bind.subject.txt", "Ahoy {{ nick_name }}");
    file("el/proof_bind.subject.txt", "Γεια");
    file("el/proof_bind.txt", "{{ token }}");
    file(
        "el/proof_bind.html",
        r#"{% extends "layout.html" %}{% block heading %}Γεια{% endblock %}"#,
    );
    let templates = Templates::load(shop(), Some(folder.path())).unwrap();

    let english = write(&templates, EmailTemplate::ProofBind, Language::EN, "Alice");
    let greek = Language::parse("el").unwrap();
    let greek = write(&templates, EmailTemplate::ProofBind, greek, "Alice");

    assert_eq!(english.subject, "Ahoy Alice");
    assert!(english.text.contains("confirms"));
    assert_eq!(
        (greek.subject.as_str(), greek.text.as_str()),
        ("Γεια", TOKEN)
    );
    assert!(greek.html.contains("<html lang=\"el\">"));
}

#[test]
fn a_text_with_a_misspelt_fact_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("en")).unwrap();
    std::fs::write(
        folder.path().join("en/proof_bind.txt"),
        "Hello {{ nickname }}",
    )
    .unwrap();

    let error = Templates::load(shop(), Some(folder.path())).unwrap_err();

    assert!(matches!(error, SetupError::Template(_)));
}

#[test]
fn a_folder_of_texts_that_does_not_exist_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();

    let error = Templates::load(shop(), Some(&folder.path().join("absent"))).unwrap_err();

    assert!(matches!(error, SetupError::Unreadable(..)));
}
