"""What the product asks and advises apart from the instruments: data in every language."""
