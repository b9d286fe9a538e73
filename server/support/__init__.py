"""Case workers: which seekers are theirs, and what the seekers share with them."""
