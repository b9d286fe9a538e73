"""Taking a profile out of the house."""
