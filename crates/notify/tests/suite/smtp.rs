//! Mail over the wire.

use std::time::Duration;

use secrecy::SecretString;
use stampede_kernel::Language;
use stampede_notify::{Mail, MailError, Mailer, SetupError, SmtpMailer, SmtpSettings};

use crate::sink::{Mood, Sink};

fn mail() -> Mail {
    Mail {
        to: "alice@example.com".to_owned(),
        subject: "Stampede：确认".to_owned(),
        text: "text\n.\nstill text\n".to_owned(),
        html: "<p>text</p>".to_owned(),
        language: Language::ZH,
    }
}

#[tokio::test]
async fn a_mail_reaches_its_recipient_and_nobody_else() {
    let sink = Sink::open(Mood::Accepting).await;

    sink.mailer().send(mail()).await.unwrap();

    let mails = sink.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipients, ["RCPT TO:<alice@example.com>"]);
    assert!(mails[0].body.contains("still text"));
    assert!(
        mails[0]
            .headers
            .contains(&"To: alice@example.com".to_owned())
    );
    assert_eq!(
        mails[0].header_names(),
        [
            "auto-submitted",
            "content-language",
            "content-type",
            "date",
            "from",
            "message-id",
            "mime-version",
            "subject",
            "to",
        ]
    );
}

#[tokio::test]
async fn line_breaks_in_a_subject_make_no_header() {
    let sink = Sink::open(Mood::Accepting).await;
    let subject = "Hello\r\nBcc: eve@example.com\r\n\r\n<script>".to_owned();

    sink.mailer()
        .send(Mail { subject, ..mail() })
        .await
        .unwrap();

    let mails = sink.mails();
    assert_eq!(mails[0].recipients.len(), 1);
    assert!(!mails[0].header_names().contains(&"bcc".to_owned()));
    assert!(!mails[0].body.contains("<script>"));
}

#[tokio::test]
async fn an_address_that_is_more_than_one_mailbox_is_refused_before_the_server_sees_it() {
    let sink = Sink::open(Mood::Accepting).await;
    let mailer = sink.mailer();
    for to in [
        "",
        "alice",
        "alice@example.com, eve@example.com",
        "alice@example.com\r\nBcc: eve@example.com",
        "alice@example.com>\r\nRCPT TO:<eve@example.com",
        "Eve <eve@example.com>",
    ] {
        let to = to.to_owned();

        let error = mailer.send(Mail { to, ..mail() }).await.unwrap_err();

        assert!(matches!(error, MailError::Refused(_)));
    }
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn a_refusal_for_good_is_told_from_one_for_now() {
    let sink = Sink::open(Mood::Never).await;
    let mailer = sink.mailer();

    let never = mailer.send(mail()).await.unwrap_err();
    sink.becomes(Mood::Later);
    let later = mailer.send(mail()).await.unwrap_err();
    sink.becomes(Mood::Accepting);
    mailer.send(mail()).await.unwrap();

    assert!(matches!(never, MailError::Refused(_)), "{never}");
    assert!(matches!(later, MailError::Unreachable(_)), "{later}");
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up_in_time() {
    let sink = Sink::open(Mood::Silent).await;
    let mailer = sink.mailer_that_waits(Duration::from_millis(500));

    let given_up = tokio::time::timeout(Duration::from_mins(1), mailer.send(mail())).await;

    let error = given_up.expect("it does not wait for ever").unwrap_err();
    assert!(matches!(error, MailError::Unreachable(_)));
}

#[tokio::test]
async fn a_server_that_is_down_is_tried_later() {
    let sink = Sink::open(Mood::Accepting).await;
    let mailer = sink.mailer();
    drop(sink);
    tokio::task::yield_now().await;

    let error = mailer.send(mail()).await.unwrap_err();

    assert!(matches!(error, MailError::Unreachable(_)), "{error}");
}

#[tokio::test]
async fn settings_that_are_wrong_are_refused_without_repeating_the_password() {
    let with = |url: &str, from: &str| {
        SmtpMailer::new(&SmtpSettings {
            url: SecretString::from(url.to_owned()),
            from: from.to_owned(),
            timeout: Duration::from_secs(1),
        })
        .map(|_| ())
    };

    let error = with("http://shop:s3cret@mail.example", "shop@example.com").unwrap_err();
    assert!(matches!(error, SetupError::Url(_)));
    assert!(!error.to_string().contains("s3cret"));
    assert!(matches!(
        with("smtp://mail.example", "shop"),
        Err(SetupError::From)
    ));
    assert!(
        with(
            "smtps://shop:s3cret@mail.example",
            "Shop <shop@example.com>"
        )
        .is_ok()
    );
}
