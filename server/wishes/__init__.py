"""What seekers and recruiters say before an event is planned: when they can come, and whom they would like to meet."""
