"""Value types: each cleans and validates one kind of value."""
