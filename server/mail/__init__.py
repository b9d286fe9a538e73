"""Mail: what one is made of, its delivery by SMTP, and the mailbox that stands in for it in development."""
