"""Tone advice against sentences that people have judged."""
