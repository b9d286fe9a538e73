"""Out of the house: a seeker's profile to read, print and carry along, and everything that is held about them."""
