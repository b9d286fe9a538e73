"""Planning problems and plans as files: JSON, and a folder or zip of CSV tables."""
