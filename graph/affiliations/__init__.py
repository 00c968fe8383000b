"""Which university a written affiliation names: a gazetteer with time-valid names, and the reading of a text."""
