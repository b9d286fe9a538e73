"""The JobTech Taxonomy: concepts with their labels, and what replaced those that are no longer used."""
