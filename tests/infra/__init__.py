"""What brings the house up, tried."""
