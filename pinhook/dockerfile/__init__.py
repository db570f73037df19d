"""A Dockerfile, its instructions and the commands in them."""
