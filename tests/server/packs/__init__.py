"""Packs that staff edit."""
