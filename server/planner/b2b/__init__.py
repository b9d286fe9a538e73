"""The business-to-business meeting scheduling problem: a public benchmark, read, solved and verified."""
