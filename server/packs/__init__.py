"""Industry packs that staff edit: drafts, and versions published beside those that come with the product."""
