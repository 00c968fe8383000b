"""What keeping the project needs, and running it does not."""
