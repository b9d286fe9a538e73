"""What seekers can do: claims with their kind of evidence, employers' confirmations, the inventory conversation."""
