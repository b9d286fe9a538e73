"""The sub-commands of `direktkontakt`, one module each."""
