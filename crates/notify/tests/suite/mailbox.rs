//! Mail that does not leave.

use std::sync::Arc;

use stampede_kernel::{Language, ManualClock, Timestamp};
use stampede_notify::{LogMailer, Mail, Mailer, MemoryMailer};

fn mail(number: usize) -> Mail {
    Mail {
        to: "alice@example.com".to_owned(),
        subject: number.to_string(),
        text: "the token is s3cret".to_owned(),
        html: "<code>s3cret</code>".to_owned(),
        language: Language::EN,
    }
}

#[tokio::test]
async fn the_mailbox_shows_the_last_hundred_newest_first() {
    let mailbox = MemoryMailer::new(Arc::new(ManualClock::at(Timestamp(7))));

    for number in 0..105 {
        mailbox.send(mail(number)).await.unwrap();
    }

    let mails = mailbox.mails();
    assert_eq!(mails.len(), 100);
    assert_eq!(mails[0].mail, mail(104));
    assert_eq!(mails[99].mail, mail(5));
    assert_eq!(mails[0].created_at, Timestamp(7));
}

#[tokio::test]
async fn a_mail_that_is_logged_counts_as_sent() {
    assert!(LogMailer.send(mail(1)).await.is_ok());
}

#[test]
fn a_printed_mail_does_not_show_its_token() {
    assert!(!format!("{:?}", mail(1)).contains("s3cret"));
}
