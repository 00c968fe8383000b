"""What may be asked about paths, checked and compiled into the small tables that searches look up."""
