"""The fictitious city: a whole set of office files at the article's scale, made from a seed."""
