"""Benchmarks: each prints one JSON line a figure; `docs/figures.md` is made from them."""
