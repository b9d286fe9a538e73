"""Who somebody is: people, organisations, roles, sign-in, sessions and personal join links."""
