"""What every journey needs: browsers that watch themselves, and a way to wait for what people see."""
