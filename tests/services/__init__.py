"""Real services for tests: started here, never replaced by something like them."""
