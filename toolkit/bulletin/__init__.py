"""What is printed: editions, and rows of blocks that stay level across languages."""
