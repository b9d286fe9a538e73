"""What brings the house up: the two commands, containers, and the servers beside ours."""
