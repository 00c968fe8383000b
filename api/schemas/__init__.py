"""What goes in and comes out, typed. The answers are those of ``docs/json.md``; a test holds every real answer to its schema."""
