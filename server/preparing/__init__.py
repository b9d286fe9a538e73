"""Getting ready for a meeting: a checklist for presenting one's merits, and whom one knows who could help."""
